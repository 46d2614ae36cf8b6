#!/bin/sh
# Installs the wheel into an empty environment and uses it from another folder: tools/try_wheel.sh UV FOLDER [CONSTRAINTS]
# Nothing of this repository is in reach: the folder is a new one, and the environment has only the wheel and what it asks for.
set -eu
uv=$(realpath -s "$1") folder=$(realpath "$2") constraints=${3:+$(realpath "$3")}
away=$(mktemp -d)
trap 'rm -rf "$away"' EXIT
cd "$away"
"$uv" venv --quiet env
"$uv" pip install --quiet --python env/bin/python ${constraints:+-c "$constraints"} "$folder"/*.whl
"$uv" pip check --quiet --python env/bin/python
unset PYTHONPATH
env/bin/python -c "
import sys, pathlib, geoposture
home = pathlib.Path(geoposture.__file__).resolve()
assert home.is_relative_to(pathlib.Path(sys.prefix).resolve()), home
"
env/bin/geoposture new project first
cd first
../env/bin/geoposture check
../env/bin/geoposture map
../env/bin/geoposture posture 2006-06-01
../env/bin/geoposture export -o episodes.gpkg
test -s maps/first.html && test -s episodes.gpkg
echo "the wheel works in an empty environment"
