# SPDX-License-Identifier: Apache-2.0
# Shared by tools/demo and tools/check; sourced, with $top set to the checkout.

die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

need_root() { [ "$(id -u)" = 0 ] || die "must be run as root (sudo $0): it installs packages and starts a server that gives up root"; }

# install_packages GROUP…: installs the missing packages of these groups in lib/packages, and nothing else.
install_packages() {
  local group package instead missing=()
  while read -r group package instead; do
    case " $* " in *" $group "*) ;; *) continue ;; esac
    # shellcheck disable=SC2086
    if [ -n "$instead" ] && command -v $instead >/dev/null; then continue; fi
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done < <(grep -v '^#' "$top/tools/lib/packages")
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "installing from Debian: ${missing[*]}"
  apt-get -qq update </dev/null
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" </dev/null >/dev/null
}

# Builds run as the owner of the checkout, so that no files of root's are left in it.
as_owner() {
  local owner; owner=$(stat -c %U "$top")
  if [ "$owner" = root ]; then "$@"; else runuser -u "$owner" -- "$@"; fi
}

# build_tree DIR [configure option…]: configures once, then runs make; safe if several start at the same time.
build_tree() {
  local dir=$1; shift
  as_owner mkdir -p "$dir"
  as_owner touch "$dir.lock"
  (
    flock 9
    cd "$top"
    if [ ! -x configure ] || [ -n "$(find configure.ac Makefile.am -newer configure)" ]; then as_owner ./autogen.sh >&2; fi
    as_owner build/gen-sections.sh # if a section, or part of one, was added or removed, make sees that its lists changed
    cd "$dir"
    [ -f config.status ] || as_owner "$top/configure" -q --prefix=/usr --sysconfdir=/etc --localstatedir=/var "$@"
    as_owner make -s -j"$(nproc)"
  ) 9>"$dir.lock"
}

# postgresql_bin [CLUSTER]: the folder with the programs of the newest installed release, or of the release that made CLUSTER.
postgresql_bin() {
  local release='*' bin
  if [ -f "${1-}/PG_VERSION" ]; then release=$(cat "$1/PG_VERSION"); fi
  # shellcheck disable=SC2086
  bin=$(printf '%s\n' /usr/lib/postgresql/$release/bin | sort -V | tail -n 1)
  [ -x "$bin/pg_ctl" ] || die "$bin: PostgreSQL is not installed there${1:+, and $1 may be a cluster of that release}"
  echo "$bin"
}

# free_port WISH: prints WISH if nothing listens there, otherwise a port chosen by the system. In Perl, because it runs before anything
# is installed, and perl-base is part of every Debian.
free_port() {
  perl -MSocket -e '
    for my $port ($ARGV[0] > 65535 ? () : $ARGV[0], 0) {
      socket(my $socket, PF_INET, SOCK_STREAM, 0) or die "socket: $!\n";
      setsockopt($socket, SOL_SOCKET, SO_REUSEADDR, 1);
      next unless bind($socket, sockaddr_in($port, INADDR_LOOPBACK)) && listen($socket, 1);
      print((sockaddr_in(getsockname($socket)))[0], "\n");
      last;
    }' "$1"
}

# is_ours PID TEXT: true if the command line of that process contains TEXT.
is_ours() { [ -n "$1" ] && tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -qF -- "$2"; }
