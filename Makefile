# The two commands: `make lab` to learn, `make test` to check. Both set up .venv first.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
PYTHON ?=
export PATH := $(CURDIR)/$(BIN):$(PATH)
export DO_NOT_TRACK := 1
export MLFLOW_DISABLE_TELEMETRY := true
export DAGSTER_DISABLE_TELEMETRY := 1
export DVC_NO_ANALYTICS := 1
export ORT_DISABLE_TELEMETRY := 1
export TF_CPP_MIN_LOG_LEVEL := 3
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: help setup lab tour test gates notebooks pytest mend lock clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | column -t -s "$$(printf '\t')"

setup: $(VENV)/.ready  ## the environment in .venv, from requirements.lock (instant when nothing changed)

$(VENV)/.ready: requirements.lock settings.ini setup.py
	@python=""; for p in $(PYTHON) python3 python3.13 python3.12 python3.11 python; do \
	  if $$p -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then python=$$p; break; fi; done; \
	if [ -z "$$python" ]; then echo "make setup: no Python 3.11, 3.12 or 3.13 with venv found; install one or say which: make setup PYTHON=/path/to/python3" >&2; exit 1; fi; \
	test -x $(BIN)/python || $$python -m venv $(VENV)
	@echo "Setting up $(VENV) from requirements.lock (a few minutes on the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python -r requirements.lock \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --ignore-requires-python -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

lab: setup  ## JupyterLab at the first lab
	@mlops-lab lab

tour: setup  ## the maturity levels through the same simulated production
	@mlops-lab tour

test: setup  ## everything CI runs
	@$(MAKE) --no-print-directory gates
	@$(MAKE) --no-print-directory notebooks
	@$(MAKE) --no-print-directory pytest

gates: setup
	@python tests/gates.py

notebooks: setup
	@echo "== notebooks of the library (mend: nbdev_test --path nbs/LEVEL/NOTEBOOK.ipynb shows the failing cell)"
	@nbdev_test --path nbs --n_workers $(WORKERS)

pytest: setup
	@echo "== pytest, with every solution at 100 % and every untouched lab at 0 (mend: pytest tests/test_NAME.py -x)"
	@python -m pytest -n $(WORKERS) --dist loadfile

mend: setup  ## format, clean, export, render and release whatever the gates ask for
	@python tests/gates.py --mend

lock:  ## a new requirements.lock: the newest versions that settings.ini allows
	@$(MAKE) --no-print-directory setup
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev --no-header --no-annotate setup.py -o requirements.lock

clean:  ## remove the environment and everything that runs have left
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .hypothesis runs models events results tour mlruns mlflow.db
	find . -name __pycache__ -o -name .ipynb_checkpoints | xargs rm -rf
