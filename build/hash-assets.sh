#!/bin/sh
# usage: build/hash-assets.sh DIRECTORY FILE...
# Copies each static file to DIRECTORY/NAME.HASH.EXT (8 hexadecimal digits of its SHA-256), so that browsers may keep it
# for a year, and writes DIRECTORY/assets.list: one line "NAME.EXT NAME.HASH.EXT" per file, which the module reads.
# Whole-line comments and indentation are removed from scripts, because a phone in a cellar has to load them. An import of
# a file in the same folder is replaced by that file, so that a page loads a single script.
# SPDX-License-Identifier: Apache-2.0
set -eu
whole() { # whole FILE: prints it, preceded by what it imports
  for part in $(sed -n 's|^import .* from "\./\([a-z-]*\.js\)";$|\1|p' "$1"); do cat "${1%/*}/$part"; done
  sed '/^import .* from "\.\/[a-z-]*\.js";$/d' "$1"
}
out=$1; shift
rm -rf "$out"
mkdir -p "$out"
for file; do
  name=${file##*/}
  case $name in
    *.js)
      whole "$file" > "$out/$name.whole"
      sed 's/^ *//; /^\/\//d; /^$/d' "$out/$name.whole" > "$out/$name.new"
      rm "$out/$name.whole" ;;
    *) cp "$file" "$out/$name.new" ;;
  esac
  hash=$(sha256sum < "$out/$name.new" | cut -c1-8)
  hashed=${name%.*}.$hash.${name##*.}
  mv "$out/$name.new" "$out/$hashed"
  chmod 644 "$out/$hashed"
  echo "$name $hashed"
done > "$out/assets.list.new"
mv "$out/assets.list.new" "$out/assets.list"
