#!/bin/sh
# Rebuilds the maps of a project and writes what changed in our knowledge since the last run: examples/nightly/rebuild.sh PROJECT [OUT] [DAY]
# The report asks of one day, DAY (default: today), what was known of it when the last run was made and what is known now.
# It fails, and leaves yesterday's pages as they are, if the data has problems: the scheduler then sends its mail.
set -eu
project=$1 out=${2:-$1/public} day=${3:-$(date -u +%Y-%m-%d)}
: "${GEOPOSTURE:=geoposture}"
cd "$project"
$GEOPOSTURE check
mkdir -p "$out"
for recipe in maps/*.yaml; do
    name=${recipe##*/}
    $GEOPOSTURE map "$recipe" -o "$out/${name%.yaml}.html"
done
last=$(cat "$out/.last" 2>/dev/null || echo "$day")
$GEOPOSTURE compare "$day" "$day" --known-before "$last" --known "$day" --format csv >"$out/changes-$day.csv.tmp"
mv "$out/changes-$day.csv.tmp" "$out/changes-$day.csv"
$GEOPOSTURE compare "$last" "$day" --known-before "$last" --known "$day" >"$out/changes-$day.txt.tmp"
mv "$out/changes-$day.txt.tmp" "$out/changes-$day.txt"
# Only now is this run the last one: a run that failed half-way is made up for by the next.
echo "$day" >"$out/.last.tmp"
mv "$out/.last.tmp" "$out/.last"
