# Everything runs from .venv, which is made from requirements.lock with uv where there is one and with venv and pip where not.
# `make test` is all that a new machine with Python 3.11 or newer needs.

PYTHON ?= python3
UV     ?= $(shell command -v uv)
# Two workers on two cores; `make test WORKERS=0` runs in one process, e.g. for a debugger.
WORKERS ?= 2
ARGS   ?=
BIN    := .venv/bin
READY  := .venv/.locked
# The measurements compare us with a peer and draw charts: packages that the product does not need, in their own place.
APART  := .venv-bench
DOCS   := $(wildcard README.md docs/*.md)

.DEFAULT_GOAL := help
.PHONY: help venv demo up test survive pictures bench check lint types contracts deps deploy-files format docs lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s%s\n", $$1, $$2}' Makefile

# The stamp is newer than the lock only after a whole installation; a changed lock syncs again, else this costs nothing.
# pip and not a bootstrapped uv where there is none: pip reads the office's own pip.conf (mirror, certificate).
$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
ifneq ($(UV),)
	$(UV) venv --quiet --allow-existing --no-python-downloads --python $(PYTHON) .venv
	$(UV) pip sync --quiet --require-hashes --python $(BIN)/python requirements.lock
else
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
endif
	@touch $@

venv: $(READY) ## the environment, .venv

demo: $(READY) ## rehearse a real letter through the real workflows on a skipped clock
	@mkdir -p var
	$(BIN)/python starter.py rehearse examples/1346-cv-du/plan.yaml --as-of 2026-05-29 --scenario examples/1346-cv-du/scenario.yaml --html var/demo.html

up: $(READY) ## the embedded service: engine, worker, page
	exec $(BIN)/python starter.py up $(ARGS)

test: $(READY) ## all tests; ARGS="-k deadline -x" for some
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

survive: $(READY) ## kill -9 of every process, 200 times; ARGS="--kills 50 --seed 7 --postgres"
	$(BIN)/python -m tests.survive $(ARGS)

pictures: $(READY) ## pictures of every page, by chromium, for the documents
	$(BIN)/python -m tests.browser.pictures docs/pictures

$(APART)/.locked: bench/requirements.lock $(READY)
ifneq ($(UV),)
	$(UV) venv --quiet --allow-existing --no-python-downloads --python $(PYTHON) $(APART)
	$(UV) pip sync --quiet --require-hashes --python $(APART)/bin/python bench/requirements.lock
else
	$(PYTHON) -m venv $(APART)
	$(APART)/bin/python -m pip install -qq --disable-pip-version-check --no-compile --require-hashes -r bench/requirements.lock
endif
	@touch $@

bench: $(READY) $(APART)/.locked ## all measurements, within 15 minutes; ARGS="--full", "--only cost", "--write" (bench/README.md)
	$(BIN)/python -m bench $(ARGS)

check: lint types contracts deps deploy-files ## everything that needs no test run

lint: $(READY) ## ruff, and the Temporal rules for workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/temporalint workflows

types: $(READY) ## mypy, strict
	$(BIN)/mypy

contracts: $(READY) ## imports point one way
	$(BIN)/lint-imports --no-logo

deps: $(READY) ## every dependency is used, every import is declared
	$(BIN)/deptry .

deploy-files: $(READY) ## compose file, Dockerfile and systemd units
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(BIN)/hadolint Dockerfile
	deploy/systemd/verify

format: $(READY) ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(READY) ## what documents quote from the program
	$(if $(DOCS),$(BIN)/cog -r -I . $(DOCS))

lock: $(READY) ## requirements.lock from pyproject.toml, and that of the measurements; UPGRADE=--upgrade for newer versions
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
		--no-emit-index-url --no-emit-find-links --quiet --custom-compile-command "make lock" --output-file requirements.lock
	$(BIN)/uv pip compile bench/requirements.in --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
		--no-emit-index-url --no-emit-find-links --quiet --custom-compile-command "make lock" --output-file bench/requirements.lock

clean: ## what was made, except var/
	rm -rf .venv .venv-bench .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './var/*' -prune -exec rm -rf {} +
