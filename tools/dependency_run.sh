#!/bin/sh
# Runs the tests that need no browser with other versions of the dependencies: tools/dependency_run.sh UV lowest-direct|highest
# lowest-direct: the lower bounds of pyproject.toml, beside the newest of what those ask for in turn. An old library may then warn
# of a newer one below it, which says nothing of ours: so deprecations are no errors there.
set -eu
uv=$1 resolution=$2 folder=build/$2
python=${PYTHON_VERSION:-$("${uv%/*}/python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')}
extras="--extra figure --extra import --extra test --extra watch"
mkdir -p build
# shellcheck disable=SC2086
"$uv" pip compile --quiet --resolution "$resolution" --python-version "$python" --no-header --no-annotate $extras -o "$folder.txt" --upgrade pyproject.toml
"$uv" venv --quiet --clear --python "$python" "$folder"
"$uv" pip install --quiet --python "$folder/bin/python" -r "$folder.txt"
"$uv" pip install --quiet --python "$folder/bin/python" --no-deps -e .
# In the environment, for the tests that run tests.
test "$resolution" = highest || export PYTEST_ADDOPTS="-W default::DeprecationWarning -W default::PendingDeprecationWarning"
# Spark is 400 MB and has its own pins: its tests are those of make test.
export GEOPOSTURE_NO_SPARK=1
# What the documentation shows is what the pinned versions print; other tests hold the program.
# shellcheck disable=SC2086
exec "$folder/bin/python" -m pytest ${PYTEST_ARGS:--n auto} -m "not browser and not judge" --ignore tests/docs --ignore tests/page --ignore tests/examples/test_notebooks.py
