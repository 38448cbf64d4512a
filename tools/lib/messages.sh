# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: Apache-2.0
# The mail server and the SMS provider of tests/rig, and the sender; sourced after process.sh, with $top, $run (RUN) and $port (the
# portal's). What they were given: http://127.0.0.1:$mail_page/ and http://127.0.0.1:$sms_port/.

# prepare_messages: chooses ports and writes RUN/etc/sms.json. Call before httpd's configuration is written.
prepare_messages() {
  mail_port=$(free_port $((port + 5)))
  mail_page=$(free_port $((port + 6)))
  sms_port=$(free_port $((port + 7)))
  (umask 027; cat >"$run/etc/sms.json") <<JSON
{"url": "http://127.0.0.1:$sms_port/send", "headers": {"Content-Type": "application/json"}, "sender": "Udens",
 "body": "{\"to\": \"{to}\", \"text\": \"{text}\", \"from\": \"{sender}\", \"reference\": \"{id}\"}", "success": "\"status\":\"accepted\""}
JSON
}

# start_counterpart KIND ARGUMENT…: starts tests/rig/KIND/KIND.py; writes RUN/log/KIND.log.
start_counterpart() {
  local kind=$1 pid
  shift
  : >"$run/log/$kind.log" # the child empties it only once it runs: an earlier "ready" must not count
  apart /usr/bin/python3 -B "$top/tests/rig/$kind/$kind.py" --user www-data --run "$run/$kind" "$@" >"$run/log/$kind.log" 2>&1 &
  pid=$!
  for _ in $(seq 200); do
    if grep -q '^ready ' "$run/log/$kind.log"; then return; fi
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  cat "$run/log/$kind.log" >&2
  die "the demo's $kind did not start"
}

start_messages() {
  start_counterpart mail --smtp "$mail_port" --http "$mail_page"
  start_counterpart sms --http "$sms_port"
}

# start_sender: sends what waits in the outbox, until it is ended.
start_sender() {
  apart "$run/root/usr/bin/waterportalctl" send --watch --conf "$run/httpd.conf" >"$run/log/send.log" 2>&1 &
}

stop_messages() {
  end_ours waterportalctl "$run/httpd.conf"
  end_ours python3 "$run/mail"
  end_ours python3 "$run/sms"
}
