#!/bin/sh
# Makes sure that there is a Java for the tests of Spark, and prints its path: a given one, one on the PATH, or one that apt installs.
set -u

LEAST=17

new_enough() {
    major=$("$1" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
    [ -n "$major" ] && [ "$major" -ge "$LEAST" ]
}

found() {
    for java in ${JAVA_HOME:+"$JAVA_HOME/bin/java"} "$(command -v java || true)"; do
        [ -x "$java" ] && new_enough "$java" && echo "$java" && return 0
    done
    return 1
}

by_apt() {
    command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 1
    echo "No Java $LEAST found: installing Debian's" >&2
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends default-jre-headless; } >/dev/null 2>&1 && found
}

[ "${GEOPOSTURE_NO_SPARK:-}" = 1 ] && { echo "none: GEOPOSTURE_NO_SPARK=1"; exit 0; }
found || by_apt || {
    echo "The tests of Spark need Java $LEAST or newer. Install one: apt-get install default-jre-headless," >&2
    echo "or leave Spark out: make GEOPOSTURE_NO_SPARK=1 test" >&2
    exit 1
}
