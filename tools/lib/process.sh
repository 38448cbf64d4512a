# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: Apache-2.0
# What tools/demo starts, waits for and ends; sourced after common.sh.

say() { printf '%4d s  %s\n' "$SECONDS" "$*"; }

# apart COMMAND…: in a session of its own, without our locks. Only behind "&", because the shell becomes the command.
apart() { exec setsid "$@" </dev/null 8>&- 9>&-; }

# slow WORDS COMMAND…: says what is done and, every ten seconds, that it is still being done. The command is a process group of its own
# and we only wait for it: so an interrupt is heard at once, and finish_jobs ends all of it. Status: the command's.
patient=''
slow() {
  local job told=$SECONDS
  say "$1"
  shift
  set -m
  (set +m -e; "$@") </dev/null 8>&- &
  job=$!
  set +m
  while kill -0 "$job" 2>/dev/null; do
    sleep 0.1
    if [ $((SECONDS - told)) -ge 10 ]; then say '…'; told=$SECONDS; fi
  done
  wait "$job"
}

# tell_job SIGNAL PID: to the group that it leads, or to it alone when it was about to become a leader.
tell_job() { kill -s "$1" -- "-$2" 2>/dev/null || kill -s "$1" "$2" 2>/dev/null; }

# What an interrupt left of slow, and what was just about to start. A package manager is never killed half-way: it is waited for.
finish_jobs() {
  local pid tenths
  for pid in $(jobs -p); do
    [ -n "$patient" ] || tell_job TERM "$pid" || true
    for ((tenths = 0; tenths < 150 || ${#patient}; tenths++)); do
      tell_job 0 "$pid" || break
      sleep 0.1
    done
    tell_job KILL "$pid" || true
  done
}

# ours PROGRAM ARGUMENT: the processes whose program (a file of that name, or one that begins so) was given exactly this argument, whoever
# their parents are and whatever a pid file says. It is a path below RUN, so nobody else's are found; nor is who edits that file.
ours() {
  local file pid program
  # the pattern comes through a pipe: on a command line grep would find itself
  { grep -slzxFf - /proc/[0-9]*/cmdline <<<"$2" || true; } | while IFS=/ read -r _ _ pid _; do
    program=$(readlink "/proc/$pid/exe" 2>/dev/null) || continue
    case ${program##*/} in "$1"*) echo "$pid" ;; esac
  done
}

# end_ours PROGRAM ARGUMENT: ends them, the parents first, which end their children; after 15 seconds none of them is asked any more.
end_ours() {
  local pids pid parent
  pids=$(ours "$@" | tr '\n' ' ')
  for pid in $pids; do
    parent=$(awk '/^PPid:/ { print $2 }' "/proc/$pid/status" 2>/dev/null) || continue
    case " $pids" in *" $parent "*) ;; *) kill -TERM "$pid" 2>/dev/null || true ;; esac
  done
  for _ in $(seq 150); do
    [ -n "$(ours "$@")" ] || return 0
    sleep 0.1
  done
  for pid in $(ours "$@"); do kill -KILL "$pid" 2>/dev/null || true; done
}

# One start or stop at a time in a RUN: whoever holds RUN/lock (descriptor 8), which has its number in it.
take_lock() {
  exec 8<>"$run/lock"
  flock "$@" 8 || return
  echo $$ >"$run/lock"
}

drop_lock() { exec 8>&-; }

# The tools/demo that is at work in this RUN, or nothing.
at_work() {
  local pid
  pid=$(cat "$run/lock" 2>/dev/null) && [ "$(readlink "/proc/$pid/fd/8" 2>/dev/null)" = "$run/lock" ] && echo "$pid"
}
