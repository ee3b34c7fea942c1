# The whole set-up. A fresh machine needs Python 3.11 or later and make; everything else is fetched here.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
# The browser the journeys drive, a font for what the vendored ones do not cover, and what reads the history.
SYSTEM_PACKAGES := chromium fonts-dejavu-core git
# Asked for when WEGNETZ_TEST_DATABASE is not set; used only if a server answers there.
LOCAL_POSTGRESQL := postgresql://postgres@127.0.0.1:5432/postgres
NO_DATABASE := env -u WEGNETZ_TEST_DATABASE -u DATABASE_URL -u KEYSTORE_URL

.PHONY: help setup run dev system lint test test-sqlite test-postgresql mutants lock bench clean

help:
	@echo "make run     install and start Wegnetz with invented people; prints the address and the sign-ins"
	@echo "make test    all checks and tests, on SQLite and on PostgreSQL when one answers"
	@echo
	@echo "make setup   only install                make dev     also install what the checks need"
	@echo "make lint    only the checks             make lock    pin the requirements anew (UPGRADE=1: newest versions)"
	@echo "make mutants remove each check in turn; a test must turn red (long)"
	@echo "make bench   list the benchmarks         make clean   remove what was installed and cached, never data/"

# --- installing ---------------------------------------------------------------------------------------

setup: $(VENV)/.runtime

run: setup
	$(BIN)/wegnetz up --demo

dev: $(VENV)/.dev system

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Wegnetz needs Python 3.11 or later; name it with: make PYTHON=python3.11" >&2; exit 1; }
	@if ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    export DEBIAN_FRONTEND=noninteractive; \
	    apt-get update -q && apt-get install -y -q --no-install-recommends python3-venv; \
	  else \
	    echo "Python lacks its venv module. Install it and try again: sudo apt-get install python3-venv" >&2; exit 1; \
	  fi; \
	fi
	$(PYTHON) -m venv $(VENV)

# The stamps lie in the environment: delete it, and all is installed anew.
$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/runtime.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

system:
	@missing=(); \
	if command -v dpkg-query >/dev/null; then \
	  for name in $(SYSTEM_PACKAGES); do \
	    dpkg-query -W -f '$${Status}' "$$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$$name"); \
	  done; \
	else \
	  for name in chromium git; do command -v "$$name" >/dev/null || missing+=("$$name"); done; \
	fi; \
	if [ "$${#missing[@]}" = 0 ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -q && apt-get install -y -q --no-install-recommends "$${missing[@]}"; \
	else \
	  echo "The browser tests need $${missing[*]}. Install and try again: sudo apt-get install --no-install-recommends $${missing[*]}" >&2; \
	  exit 1; \
	fi

# --- checking -----------------------------------------------------------------------------------------

# mypy loads the settings, which refuse to start without secrets; those it gets open nothing.
lint: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djlint --lint src
	$(NO_DATABASE) WEGNETZ_SECRET_KEY=of-the-checks WEGNETZ_MASTER_KEY=of-the-checks \
	  WEGNETZ_AUDIT_KEY=of-the-checks $(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/reuse lint --lines
	$(BIN)/python tools/messages.py --check
	for pack in programmes/*/; do $(BIN)/wegnetz check-pack "$$pack"; done

test: dev lint test-sqlite test-postgresql

# After lint; with make -j2 both databases at once, each on a core of its own.
test-sqlite: dev | lint
	@echo "== Tests on SQLite"
	$(NO_DATABASE) $(BIN)/pytest

test-postgresql: dev | lint
	@$(BIN)/python -c 'import psycopg'
	@url="$${WEGNETZ_TEST_DATABASE:-$(LOCAL_POSTGRESQL)}"; \
	if URL="$$url" $(BIN)/python -c 'import os, psycopg; psycopg.connect(os.environ["URL"], connect_timeout=5).close()' 2>/dev/null; then \
	  echo "== Tests on PostgreSQL"; \
	  $(NO_DATABASE) WEGNETZ_TEST_DATABASE="$$url" $(BIN)/pytest; \
	elif [ -n "$${WEGNETZ_TEST_DATABASE:-}" ]; then \
	  echo "WEGNETZ_TEST_DATABASE is set, but no PostgreSQL lets us in there." >&2; exit 1; \
	elif [ "$${CI:-}" = true ]; then \
	  echo "No PostgreSQL lets us in, and CI must test on it: set WEGNETZ_TEST_DATABASE." >&2; exit 1; \
	else \
	  echo "== NOT TESTED on PostgreSQL: none lets us in at $(LOCAL_POSTGRESQL). To test on another one:"; \
	  echo "   make test WEGNETZ_TEST_DATABASE=postgresql://user:password@host/database"; \
	fi

# Outside of make test: some hundred runs of tests, each on a copy of the tree with one check removed.
mutants: dev
	@url="$${WEGNETZ_TEST_DATABASE:-$(LOCAL_POSTGRESQL)}"; \
	$(NO_DATABASE) WEGNETZ_TEST_DATABASE="$$url" $(BIN)/python tools/mutants.py > mutants.json

# --- the rest -----------------------------------------------------------------------------------------

# Made with the lowest Python that is supported, so that every later one finds its packages too.
lock:
	@folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	$(PYTHON) -m venv "$$folder"; \
	"$$folder/bin/python" -m pip --disable-pip-version-check --quiet install pip-tools; \
	for name in runtime solver dev; do \
	  "$$folder/bin/pip-compile" --quiet $(if $(UPGRADE),--upgrade) --generate-hashes --allow-unsafe --strip-extras \
	    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header \
	    --output-file "requirements/$$name.txt" "requirements/$$name.in"; \
	done

bench: setup
	@$(BIN)/python -m bench

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
