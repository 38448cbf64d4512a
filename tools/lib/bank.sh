# SPDX-License-Identifier: Apache-2.0
# The demo bank of tests/rig/bank; sourced after process.sh, with $top, $run (RUN), $port (the portal's) and RUN/tls of tests/rig/idp/make-tls.
#
# RUN/bank has bank.json (made of tests/rig/bank/bank.json: what is agreed with whom) and keys/NAME of each agreement: for the portal
# merchant.key (only root reads it) and bank.crt, bank-next.crt; NAME is vk008, vk009, seb, swedbank. Orders go to
# https://bank.localhost:$bank_port/NAME/, of swedbank https://bank.localhost:$bank_port/swedbank is the base of the API.
# The address a person returns to and the bank's server reports to stand in each order and must lie below the portal's.

# prepare_bank: keys, and $bank_port. Before the portal's agreements are written.
prepare_bank() {
  bank_port=$(free_port $((port + 4)))
  mkdir -p "$run/bank"
  "$top/tests/rig/bank/keys" "$run/bank/keys" vk008 vk009 seb swedbank
  # the bank gives up root and signs then; the merchant's keys are not its business
  chown www-data: "$run"/bank/keys/*/bank.key "$run"/bank/keys/*/bank-next.key "$run"/bank/keys/other.key
  sed -e "s/@PORT@/$bank_port/g" -e "s|@PORTAL@|https://portal.localhost:$port|" "$top/tests/rig/bank/bank.json" >"$run/bank/bank.json"
}

# start_bank: $bank_pid, RUN/bank.pid, RUN/log/bank.log.
start_bank() {
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
