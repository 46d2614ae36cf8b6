#!/bin/sh
# Prints the path of a Chromium for the tests: a given one, one on the PATH, Playwright's own, or one that apt installs.
set -u

on_path() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return 0
    done
    return 1
}

playwrights_own() {
    .venv/bin/python - <<'PY'
import os
import sys
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    path = playwright.chromium.executable_path
if not os.path.exists(path):
    sys.exit(1)
print(path)
PY
}

by_apt() {
    command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 1
    echo "No Chromium found: installing Debian's" >&2
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-core; } >/dev/null 2>&1 && on_path
}

if [ -n "${GEOPOSTURE_CHROMIUM:-}" ]; then
    echo "$GEOPOSTURE_CHROMIUM"
    exit 0
fi
on_path || playwrights_own || by_apt || {
    echo "The tests need a Chromium. Install one: apt-get install chromium, or .venv/bin/playwright install chromium," >&2
    echo "or name one: make GEOPOSTURE_CHROMIUM=/path/to/chromium test" >&2
    exit 1
}
