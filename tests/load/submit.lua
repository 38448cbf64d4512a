-- SPDX-License-Identifier: Apache-2.0
-- Each thread is one client that sends the forms forms.lua opened, each once, with readings of its own: one after the other,
-- a litre more each time. Prints how many were accepted (303 to a receipt) and refused, and how long it took.
local ffi = require("ffi")
ffi.cdef [[ typedef struct { long seconds, nanoseconds; } load_time_t; int clock_gettime(int clock, load_time_t *time); ]]

local threads = {}
function setup(thread)
  thread:set("number", #threads)
  threads[#threads + 1] = thread
end

local function now()
  local time = ffi.new("load_time_t")
  ffi.C.clock_gettime(1, time)
  return tonumber(time.seconds) + tonumber(time.nanoseconds) / 1e9
end

-- litres as a customer types cubic metres
local function cubic(litres) return string.format("%d%%2C%03d", litres / 1000, litres % 1000) end

local function body(key, token, meters, step)
  local parts = { "form-key=" .. key, "form-token=" .. token, "do=submit" }
  for _, meter in ipairs(meters) do parts[#parts + 1] = "value." .. meter.id .. "=" .. cubic(meter.litres + step) end
  return table.concat(parts, "&")
end

function init()
  local name = os.getenv("WP_LOAD_DIR") .. "/client-" .. number
  local lines, meters = {}, {}
  for line in io.lines(name) do lines[#lines + 1] = line end
  for i = 3, #lines do
    local id, litres = lines[i]:match("^(%S+) (%d+)$")
    meters[#meters + 1] = { id = id, litres = tonumber(litres) }
  end
  local headers = { Host = wrk.headers.Host, Cookie = lines[2], ["Content-Type"] = "application/x-www-form-urlencoded",
                    Origin = os.getenv("WP_LOAD_ORIGIN"), ["Sec-Fetch-Site"] = "same-origin" }
  requests = {}
  for line in io.lines(name .. "-forms") do
    local key, token = line:match("^(%S+) (%S+)$")
    if key then requests[#requests + 1] = wrk.format("POST", lines[1], headers, body(key, token, meters, #requests)) end
  end
  sent, accepted, refused, last, first = 0, 0, 0, 0, now()
end

function request()
  sent = sent + 1
  return requests[sent]
end

function response(status, headers)
  if status == 303 then accepted = accepted + 1 else refused = refused + 1 end
  last = now()
  if sent >= #requests then wrk.thread:stop() end
end

function done()
  local all = { accepted = 0, refused = 0, first = math.huge, last = 0 }
  for _, thread in ipairs(threads) do
    all.accepted = all.accepted + thread:get("accepted")
    all.refused = all.refused + thread:get("refused")
    all.first = math.min(all.first, thread:get("first"))
    all.last = math.max(all.last, thread:get("last"))
  end
  print(string.format("accepted %d refused %d seconds %.3f", all.accepted, all.refused, all.last - all.first))
end
