# make demo: the whole chain on the sample store. make test: what a bare machine can run. make help: the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Compiled bytecode halves the start of every airflow command.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help

.PHONY: help install demo serve test test-services lint format docs lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(VENV)/.locked: requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

install: $(VENV)/.installed ## make .venv from the hash-locked requirements

demo: install ## the sample store through all five DAGs, to a signed report
	$(BIN)/discretio demo --out demo

serve: install ## Airflow with the Compliance page on this machine, over the demo if there is one
	DISCRETIO_HOME=$${DISCRETIO_HOME:-$$(test -d demo/home && echo demo/home || echo $$HOME/.discretio)} \
		$(BIN)/discretio serve --demo-users

test: install ## every test that a bare machine can run
	$(BIN)/python -m pytest -m "not services" -n 2

test-services: install ## real servers, clean environments, crash storms
	$(BIN)/python -m pytest -m services

lint: install ## ruff, mypy strict, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy dags tests/conftest.py tests/architecture tests/canary tests/dags tests/packaging
	$(BIN)/lint-imports --no-cache

format: install ## format and sort imports
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

docs: install ## the pages that are made from the code
	$(BIN)/python -m discretio.domain.state_diagrams docs/purge-states.md

lock: ## resolve requirements.lock again (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --output-file requirements.lock

clean: ## remove what the commands above made
	rm -rf $(VENV) demo .pytest_cache .mypy_cache .ruff_cache dist
