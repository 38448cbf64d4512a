# SPDX-License-Identifier: Apache-2.0
# The demo bank of tests/rig/bank; sourced after process.sh, with $top, $run (RUN), $port (the portal's) and RUN/tls of tests/rig/idp/make-tls.
#
# RUN/bank has bank.json (the agreements, generated from tests/rig/bank/bank.json) and keys/NAME for each agreement. The portal uses
# merchant.key (readable only by root), bank.crt and bank-next.crt; NAME is vk008, vk009, seb or swedbank. Orders go to
# https://bank.localhost:$bank_port/NAME/; for swedbank, https://bank.localhost:$bank_port/swedbank is the base of the API.
# Each order contains the address to which the person returns and the bank's server reports; it must be below the portal's.

# prepare_bank: makes the keys and sets $bank_port. Call before writing the portal's agreements.
prepare_bank() {
  bank_port=$(free_port $((port + 4)))
  mkdir -p "$run/bank"
  "$top/tests/rig/bank/keys" "$run/bank/keys" vk008 vk009 seb swedbank
  # the bank signs after it has given up root; it must not read the merchant's keys
  chown www-data: "$run"/bank/keys/*/bank.key "$run"/bank/keys/*/bank-next.key "$run"/bank/keys/other.key
  sed -e "s/@PORT@/$bank_port/g" -e "s|@PORTAL@|https://portal.localhost:$port|" "$top/tests/rig/bank/bank.json" >"$run/bank/bank.json"
}

# start_bank: sets $bank_pid; writes RUN/bank.pid and RUN/log/bank.log.
start_bank() {
  : >"$run/log/bank.log" # the child empties it only once it runs: an earlier "ready" must not count
  apart /usr/bin/python3 -B "$top/tests/rig/bank/bank.py" "$run/bank/bank.json" --user www-data >"$run/log/bank.log" 2>&1 &
  bank_pid=$!
  echo "$bank_pid" >"$run/bank.pid"
  for _ in $(seq 200); do
    if grep -q '^ready ' "$run/log/bank.log"; then return; fi
    kill -0 "$bank_pid" 2>/dev/null || break
    sleep 0.1
  done
  cat "$run/log/bank.log" >&2
  die "the demo bank did not start"
}

stop_bank() { end_ours python3 "$run/bank/bank.json"; rm -f "$run/bank.pid"; }
