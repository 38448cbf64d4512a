#!/bin/sh
# usage: build/hash-assets.sh DIRECTORY FILE...
# Copies each static file to DIRECTORY/NAME.HASH.EXT (8 hexadecimal digits of its SHA-256), so that browsers may keep it
# for a year, and writes DIRECTORY/assets.list: one line "NAME.EXT NAME.HASH.EXT" per file, which the module reads.
# Of scripts whole-line comments and indentation are left out: a phone in a cellar loads them.
# SPDX-License-Identifier: Apache-2.0
set -eu
out=$1; shift
rm -rf "$out"
mkdir -p "$out"
for file; do
  name=${file##*/}
  case $name in
    *.js) sed 's/^ *//; /^\/\//d; /^$/d' "$file" > "$out/$name.new" ;;
    *) cp "$file" "$out/$name.new" ;;
  esac
  hash=$(sha256sum < "$out/$name.new" | cut -c1-8)
  hashed=${name%.*}.$hash.${name##*.}
  mv "$out/$name.new" "$out/$hashed"
  chmod 644 "$out/$hashed"
  echo "$name $hashed"
done > "$out/assets.list.new"
mv "$out/assets.list.new" "$out/assets.list"
