-- SPDX-License-Identifier: Apache-2.0
-- Each thread is one client that opens its readings form again and again, and keeps every form's key and token for
-- submit.lua. WP_LOAD_DIR/client-N: address, cookies, then a line for each meter.
local clients = 0
function setup(thread)
  thread:set("number", clients)
  clients = clients + 1
end

function init()
  local name = os.getenv("WP_LOAD_DIR") .. "/client-" .. number
  local lines = {}
  for line in io.lines(name) do lines[#lines + 1] = line end
  opened = wrk.format("GET", lines[1], { Host = wrk.headers.Host, Cookie = lines[2] })
  forms = io.open(name .. "-forms", "w")
end

function request() return opened end

function response(status, headers, body)
  local key = body:match('name="form%-key" value="([^"]*)"')
  local token = body:match('name="form%-token" value="([^"]*)"')
  if status == 200 and key and token then
    forms:write(key, " ", token, "\n")
    forms:flush()
  end
end
