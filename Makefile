# Every target is one sentence in `make help`; everything that is installed lives in .venv inside this folder.
SHELL := /bin/sh
.DEFAULT_GOAL := help
# make's own functions split a name at its spaces, the shell doesn't: $(sh) quotes a value for it.
sh = '$(subst ','\'',$(1))'
# Some versions of make put a space before the first name of the list.
THIS_FILE := $(subst ///,,$(subst /// ,///,///$(MAKEFILE_LIST)))
PROJECT := $(shell cd -- "$$(dirname -- $(call sh,$(THIS_FILE)))" && pwd -P)
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
FLASK := $(BIN)/python -m flask --app simulator
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
COMPILE := $(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

# Relative paths below hold from any working directory (`make -C …`, `make -f …/Makefile`).
TARGETS := help run setup test check unit bench lock screenshots clean
.PHONY: $(TARGETS)
ifneq ($(CURDIR),$(PROJECT))
$(TARGETS):
	@$(MAKE) --no-print-directory -C $(call sh,$(PROJECT)) $@
else

help:  ## Show what each target does.
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/\1\t\2/' | expand -t 14

run: setup  ## Install, prepare the database and serve on http://127.0.0.1:8000 (HOST and PORT change that).
	@$(FLASK) db upgrade
	@$(FLASK) demo
	@exec $(BIN)/python -m gunicorn --config gunicorn.conf.py wsgi:app

setup: $(VENV)/installed  ## Install what running needs into .venv, and nothing else.

test: $(VENV)/installed-dev  ## Check the code and run every test: lint, types, import contracts, unit, integration, web, contracts, browser.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(VENV)/installed-dev  ## Check code and content only: lint, types, import contracts, scenarios.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(FLASK) scenarios check

unit: $(VENV)/installed-dev  ## Run the unit tests, which need no app and no database.
	$(BIN)/python -m pytest tests/unit

bench: setup  ## Play 300 learners at once against a server of its own for a minute and a half, and print how it bears up.
	@$(BIN)/python -m bench

screenshots: $(VENV)/installed-dev  ## Take the pictures of README.md anew from the running app.
	$(BIN)/python -m tests.e2e.screenshots

lock: $(VENV)/installed-dev  ## Pin requirements.in, requirements-train.in and requirements-dev.in, with all below them, into the .txt files.
	$(COMPILE) requirements.in --output-file requirements.txt
	$(COMPILE) requirements-train.in --output-file requirements-train.txt
	$(COMPILE) requirements-dev.in --output-file requirements-dev.txt

clean:  ## Remove .venv and caches; the database in instance/ stays.
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Composure needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing; on Debian or Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing what Composure needs into .venv (once)…"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	@echo "Installing what the tests need into .venv (once)…"
	@$(PIP) -r requirements.txt -r requirements-dev.txt
	@touch $@

endif
