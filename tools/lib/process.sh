# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: Apache-2.0
# Starting, waiting for and ending processes, for tools/demo; sourced after common.sh.

say() { printf '%4d s  %s\n' "$SECONDS" "$*"; }

# apart COMMAND…: runs it in its own session, without our locks. Use only with "&", because the shell becomes the command.
apart() { exec setsid "$@" </dev/null 8>&- 9>&-; }

# slow WORDS COMMAND…: prints WORDS, and every ten seconds that the command is still running. The command has its own process group and
# the shell only waits for it, so an interrupt is handled at once and finish_jobs ends the whole group. Status: the command's.
patient=''
slow() {
  local job reported=$SECONDS
  say "$1"
  shift
  set -m
  (set +m -e; "$@") </dev/null 8>&- &
  job=$!
  set +m
  while kill -0 "$job" 2>/dev/null; do
    sleep 0.1
    if [ $((SECONDS - reported)) -ge 10 ]; then say '…'; reported=$SECONDS; fi
  done
  wait "$job"
}

# signal_job SIGNAL PID: signals the group that PID leads, or PID alone if it has not become a leader yet.
signal_job() { kill -s "$1" -- "-$2" 2>/dev/null || kill -s "$1" "$2" 2>/dev/null; }

# Ends what an interrupt left running of slow, and what was just starting. A package manager is never killed half-way, but waited for.
finish_jobs() {
  local pid tenths
  for pid in $(jobs -p); do
    [ -n "$patient" ] || signal_job TERM "$pid" || true
    for ((tenths = 0; tenths < 150 || ${#patient}; tenths++)); do
      signal_job 0 "$pid" || break
      sleep 0.1
    done
    signal_job KILL "$pid" || true
  done
}

# ours PROGRAM ARGUMENT: prints the processes whose program (a file whose name begins like this) was given exactly this argument,
# whatever their parents are and whatever a pid file says. The argument is a path below RUN, so no foreign processes are found; nor is an
# editor that has the file open, because it is another program.
ours() {
  local file pid program
  # the pattern comes through a pipe, because grep would find itself by its command line
  { grep -slzxFf - /proc/[0-9]*/cmdline <<<"$2" || true; } | while IFS=/ read -r _ _ pid _; do
    program=$(readlink "/proc/$pid/exe" 2>/dev/null) || continue
    case ${program##*/} in "$1"*) echo "$pid" ;; esac
  done
}

# end_ours PROGRAM ARGUMENT: terminates them: first the parents, which end their children; after 15 seconds kills those that are left.
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

# Only one start or stop at a time in a RUN: the process that holds RUN/lock (descriptor 8), which contains its pid.
take_lock() {
  exec 8<>"$run/lock"
  flock "$@" 8 || return
  echo $$ >"$run/lock"
}

drop_lock() { exec 8>&-; }

# Prints the pid of the tools/demo that is at work in this RUN, or nothing.
at_work() {
  local pid
  pid=$(cat "$run/lock" 2>/dev/null) && [ "$(readlink "/proc/$pid/fd/8" 2>/dev/null)" = "$run/lock" ] && echo "$pid"
}
