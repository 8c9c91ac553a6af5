.DEFAULT_GOAL := help
.PHONY: help demo test lint check chaos lock clean
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two workers share two cores: threads for the few rows of a test would only wait for one another.
export OPENBLAS_NUM_THREADS := 1
# What the tests import is compiled once, and not by each run, worker and process of theirs.
export PYTHONDONTWRITEBYTECODE :=

help: ## Show these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(VENV)/run.done: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Paper Round needs Python 3.11 or newer; name one with make PYTHON=python3.12 …")'
	@echo "Setting up $(VENV) (once; about a minute) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.done: $(VENV)/run.done requirements-dev.lock
	@echo "Setting up the checks (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

demo: $(VENV)/run.done ## Collect, curate, publish today's edition here, then talk with it. No account, no key
	@$(BIN)/papers demo

lint: $(VENV)/dev.done ## Format, style, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: $(VENV)/dev.done ## The tests alone
	$(BIN)/pytest -n 2 --dist worksteal --cov --cov-report=term:skip-covered

test: lint check ## Everything that must pass

chaos: $(VENV)/dev.done ## Kill, freeze and starve the bot while it posts, for half an hour: nothing may be lost or doubled
	CHAOS_RUNS=20 CHAOS_POSTS=200 $(BIN)/pytest -n 2 tests/chaos

lock: $(VENV)/dev.done ## Pin the newest versions that pyproject.toml allows
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --upgrade pyproject.toml --group build -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --upgrade pyproject.toml --group dev -o requirements-dev.lock

clean: ## Remove what these targets made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
