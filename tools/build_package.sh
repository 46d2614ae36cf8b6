#!/bin/sh
# Builds the source archive and the wheel into a folder: tools/build_package.sh PYTHON FOLDER
# The date in both is that of the last commit, or of 1 January 2026 where there is no git: the bytes do not depend on today.
set -eu
python=$1 folder=$2
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)}"
export SOURCE_DATE_EPOCH
rm -rf "$folder"
"$python" -m hatchling build --directory "$folder"
