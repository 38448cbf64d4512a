#!/bin/sh
# A section is one C file, one stylesheet, and one SQL file if it has its own statements. A section that has outgrown
# one file is a folder with a section.c, which ends with the section's record, and further files that only this section
# uses; the parts of a stylesheet that has outgrown one file are in a folder of the same name. This script finds the
# sections, requires their stylesheets, and writes the build list (sections.mk) and the registry (section_list.c), so
# adding a section changes no other file.
# SPDX-License-Identifier: Apache-2.0
set -eu
cd "$(dirname "$0")/.."
list= ; sources= ; bad=0
for c in mod_waterportal/sections/*.c mod_waterportal/sections/*/section.c; do
  [ -e "$c" ] || continue
  case $c in
    */section.c) folder=$(dirname "$c"); name=$(basename "$folder"); own=$(echo "$folder"/*.[ch]) ;;
    *) name=$(basename "$c" .c); own=$c ;;
  esac
  case " $list " in *" $name "*) echo "$c: there is already a section $name" >&2; bad=1 ;; esac
  [ -f "xslt/sections/$name.xsl" ] || { echo "$c: its companion xslt/sections/$name.xsl is missing" >&2; bad=1; }
  list="$list $name"
  sources="$sources $own"
done
for folder in mod_waterportal/sections/*/; do
  [ ! -d "$folder" ] || [ -f "${folder}section.c" ] || { echo "$folder: has no section.c" >&2; bad=1; }
done
[ $bad -eq 0 ] || exit 1
write() { # replaces the file only if its content changed, so that make does not rebuild needlessly
  cat > "$1.new"
  if cmp -s "$1" "$1.new"; then rm "$1.new"; else mv "$1.new" "$1"; fi
}
{
  echo "# made by build/gen-sections.sh"
  printf 'section_sources =%s' "$sources"
  printf '\nsection_stylesheets ='
  for name in $list; do
    printf ' %s' "xslt/sections/$name.xsl"
    for part in "xslt/sections/$name"/*.xsl; do [ ! -f "$part" ] || printf ' %s' "$part"; done
  done
  printf '\nsection_sql ='
  for name in $list; do [ ! -f "sql/sections/$name.sql" ] || printf ' sql/sections/%s.sql' "$name"; done
  echo
} | write mod_waterportal/sections.mk
{
  echo '/* made by build/gen-sections.sh */'
  echo '#include <stddef.h>'
  echo '#include "portal/portal.h"'
  echo '#include "portal/section.h"'
  for name in $list; do echo "extern const wp_section_t wp_section_$name;"; done
  echo 'const wp_section_t *const wp_sections[] = {'
  for name in $list; do echo "    &wp_section_$name,"; done
  echo '    NULL,'
  echo '};'
} | write mod_waterportal/portal/engine/section_list.c
