#!/bin/sh
# Makes ./configure from configure.ac; run once after a checkout and after adding a section.
# SPDX-License-Identifier: Apache-2.0
set -eu
cd "$(dirname "$0")"
build/gen-sections.sh
mkdir -p m4
exec autoreconf --install --warnings=all,no-obsolete
