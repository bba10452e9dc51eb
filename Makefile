# make demo: the whole chain on the sample store. make test: what a bare machine can run. make help: the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXTRAS := celery serve postgresql mariadb s3 sftp webdav pkcs11
# Compiled bytecode halves the start of every airflow command.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help

.PHONY: help install demo samples serve test test-services mutants lint format docs lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(VENV)/.locked: requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

install: $(VENV)/.installed ## make .venv from the hash-locked requirements

demo: install ## the sample store through all five DAGs, to a signed report
	$(BIN)/discretio demo --out demo

serve: install ## Airflow with the page here, over the demo if there is one (DATABASE=postgresql://USER@HOST/NAME, else SQLite)
	DISCRETIO_HOME=$${DISCRETIO_HOME:-$$(test -d demo/home && echo demo/home || echo $$HOME/.discretio)} \
		$(BIN)/discretio serve --demo-users $(if $(DATABASE),--database "$(DATABASE)")

samples: install ## pictures of sample reports over the demo, into docs/samples (needs poppler-utils)
	PATH="$(CURDIR)/$(BIN):$$PATH" docs/samples/draw.sh demo/home

test: install ## every test that a bare machine can run
	$(BIN)/python -m pytest -m "not services" -n 2

test-services: install ## real servers, clean environments, crash storms
	$(BIN)/python -m pytest -m services

mutants: install ## how many wrongs in the rules' conditions the legal cases notice (half an hour)
	$(BIN)/python benchmarks/mutants

lint: install ## ruff, mypy strict, import-linter, the files of deploy/
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy dags tests/conftest.py tests/architecture tests/canary tests/dags tests/deployment tests/packaging
	$(BIN)/lint-imports --no-cache
	$(BIN)/hadolint deploy/Containerfile
	$(BIN)/yamllint --strict --config-file deploy/.yamllint.yaml deploy
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec deploy/compose.yaml
	$(BIN)/kubernetes-validate --strict --quiet deploy/kubernetes/*.yaml

sbom: install ## dist/sbom.json: everything that is installed, with its hashes (CycloneDX)
	mkdir -p dist
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible --output-file dist/sbom.json

audit: install ## known vulnerabilities of everything that is installed
	PATH=$(CURDIR)/$(BIN):$$PATH .ci/audit

format: install ## format and sort imports
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

docs: install ## the pages that are made from the code
	$(BIN)/python -m discretio.domain.state_diagrams docs/purge-states.md
	$(BIN)/python -m discretio.steps.rule_pages docs
	$(BIN)/python -m discretio.cli.reference docs/reference/cli.md
	$(BIN)/python -m discretio.steps.reference_pages docs/reference
	$(BIN)/python -m discretio.airflow_ui.reference docs/reference/api.md
	$(BIN)/python -m discretio.steps.sample_mappings docs/samples/mappings

lock: ## resolve requirements.lock again, and what of it an image holds (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --output-file requirements.lock
	uv pip compile pyproject.toml $(EXTRAS:%=--extra %) --constraint requirements.lock --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --no-annotate --output-file deploy/requirements.lock

clean: ## remove what the commands above made
	rm -rf $(VENV) demo .pytest_cache .mypy_cache .ruff_cache dist
