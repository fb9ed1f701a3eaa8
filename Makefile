# The workbook's commands. `make` alone lists them; every one works on a fresh machine.
.DEFAULT_GOAL := help
PYTHON ?= python3
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
EDITIONS ?=
FAST ?=

.PHONY: help setup report test check lab bench

help:  ## list these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

$(READY): uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with make PYTHON=python3.12" >&2; exit 2; }
	@echo "installing the locked environment into $(VENV), about 1 GB; this takes a minute" >&2
	@$(BIN)/python -c "import pip" 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv sync --quiet --locked --inexact --compile-bytecode --python $(BIN)/python
	@touch $(READY)

setup: $(READY)  ## install the locked environment into .venv (done once, and when the lock changes)

report: $(READY)  ## build the default report, or EDITIONS="name …"; prints its index page last
	@$(BIN)/kcc report $(EDITIONS)

test: $(READY)  ## run the tests; FAST=1 leaves out browsers, JupyterLab, whole builds and fuzzing
	@$(BIN)/python -m pytest -q -rs -n auto --dist loadgroup $(if $(FAST),-m "not slow and not fuzz")

check: $(READY)  ## lint, format, types, import layers, notebooks and the data itself
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/test_architecture.py tests/test_notebooks.py tests/test_docs.py tests/test_environment.py
	@$(BIN)/kcc check

lab: $(READY)  ## open JupyterLab on the workbook
	@$(BIN)/kcc lab

bench: $(READY)  ## time our engine, build and pages against the usual ways, side by side (some minutes)
	@$(BIN)/python -m benchmarks
