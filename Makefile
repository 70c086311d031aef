# Nabij. `make demo` needs python3 (3.11 or newer) and nothing else that is set up beforehand.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test story check format bench manual translations lock clean

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q install --require-hashes --only-binary :all:
STAMPS := .venv/stamps
CORES ?= 2
PO := $(shell find src/nabij -name '*.po' 2>/dev/null)

help:  ## what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 16

demo: $(STAMPS)/runtime $(STAMPS)/vendor $(STAMPS)/translations  ## Lindegem, with everything it needs (PORT=…, ARGS="--size city --fresh")
	@exec $(BIN)/nabij demo $(ARGS)

test: $(STAMPS)/test $(STAMPS)/provider $(STAMPS)/translations  ## all tests (ARGS="-k words")
	@exec $(BIN)/python -m pytest -n $(CORES) --dist loadgroup $(ARGS)

story: $(STAMPS)/test $(STAMPS)/provider $(STAMPS)/translations  ## the journeys in a real browser
	@exec $(BIN)/python -m pytest -m story $(ARGS)

check: $(STAMPS)/test  ## style, floors, types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/nabij run -- $(abspath $(BIN))/mypy

format: $(STAMPS)/test  ## mend the style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(STAMPS)/test $(STAMPS)/vendor  ## the figures, on the screen and as JSON
	@NABIJ_VAR=$${NABIJ_VAR:-$(abspath var/bench)} exec $(BIN)/nabij run -- $(abspath $(BIN))/python -m benchmarks $(ARGS)

manual: $(STAMPS)/test $(STAMPS)/provider $(STAMPS)/translations  ## the manual, with screenshots that the journeys take
	@NABIJ_MANUAL=docs/handleiding exec $(BIN)/python -m pytest -m story $(ARGS)

lock:  ## compile the requirements anew (needs uv and npm)
	for set in build runtime test; do \
	  uv pip compile requirements/$$set.in -o requirements/$$set.txt --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header -q || exit 1; done
	npm install --package-lock-only --omit-lockfile-registry-resolved

clean:  ## remove what was installed and built; the data in var/ stay
	rm -rf .venv node_modules src/nabij/ui/static/vendor

$(STAMPS)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Nabij heeft Python 3.11 of nieuwer nodig: make PYTHON=python3.12 demo. / Nabij needs Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python kan hier geen eigen omgeving maken: installeer het pakket python3-venv. / Python cannot make an environment here: install the package python3-venv." >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/runtime: requirements/build.txt requirements/runtime.txt pyproject.toml | $(STAMPS)/venv
	@echo "Pakketten installeren …"
	@$(PIP) -r requirements/build.txt -r requirements/runtime.txt
	@$(BIN)/python -m pip --disable-pip-version-check -q install --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/test: requirements/test.txt $(STAMPS)/runtime
	@echo "Pakketten voor de tests installeren …"
	@$(PIP) -r requirements/test.txt
	@touch $@

# Where there is no npm, the packages of Node.js in the environment do.
NPM_CI := ci --ignore-scripts --no-audit --no-fund --loglevel=error
$(STAMPS)/vendor: package-lock.json src/nabij/ui/vendor.json src/nabij/config/vendor.py $(STAMPS)/runtime
	@echo "Stijlen, pictogrammen en lettertypes halen …"
	@if command -v npm >/dev/null; then npm $(NPM_CI) --omit=dev; \
	else $(PIP) -r requirements/node.txt && PATH="$(abspath $(BIN)):$$PATH" $(BIN)/npm $(NPM_CI) --omit=dev; fi
	@$(BIN)/python -m nabij.config.vendor
	@touch $@

# The tests sign in along a real OpenID provider; the demo has none. It wants a Node.js that is not too old.
$(STAMPS)/provider: $(STAMPS)/vendor
	@echo "De aanmelddienst van de tests halen …"
	@if command -v npm >/dev/null && node -e 'process.exit(+process.versions.node.split(".")[0] < 20)'; then npm $(NPM_CI); \
	else $(PIP) -r requirements/node.txt && PATH="$(abspath $(BIN)):$$PATH" $(BIN)/npm $(NPM_CI); fi
	@touch $@

$(STAMPS)/translations: $(PO) $(STAMPS)/runtime
	@$(BIN)/python -m nabij.config.translations
	@touch $@
