# Every target does its own set-up in .venv and is safe to repeat.
# A fresh machine needs make and Python 3.11, 3.12 or 3.13 with venv.
#
#   make demo                       articles in, graph and page out
#   make test                       everything that CI runs
#   make demo PYTHON=/opt/python3   with an interpreter of your choice

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
SOURCES := kg pipelines tests .ci/codes.py

# BLAS threads cost more than they give on matrices of this size.
export OMP_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format codes bench lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.base ## a virtual environment that runs kg

demo: $(VENV)/.base ## read the sample articles; fill the store; write out/demo.html
	@$(VENV)/bin/kg run pipelines/demo.toml

test: check ## all checks and tests, as CI runs them
	@$(PY) -m pytest

check: $(VENV)/.dev codes ## style, format, types and codes
	@$(PY) -m ruff check $(SOURCES)
	@$(PY) -m ruff format --check --quiet $(SOURCES)
	@$(PY) -m mypy

codes: $(VENV)/.base ## every code in seeds and lexicon is known
	@$(PY) .ci/codes.py

format: $(VENV)/.dev ## rewrite the source in the house style
	@$(PY) -m ruff check --fix $(SOURCES)
	@$(PY) -m ruff format $(SOURCES)

bench: $(VENV)/.dev ## CPU seconds by stage, on the sample articles
	@$(PY) tests/bench.py

lock: $(VENV)/.dev ## pin the requirements anew; names no index and no host
	@# an old pip does not know that html_clean and html-clean are one extra, and would lose lxml-html-clean
	@$(PIP) install --upgrade pip pip-tools
	@cd requirements && for set in base dev; do \
	  extras=$$(test $$set = dev && echo "--extra dev --extra parquet --extra train -c base.txt"); \
	  ../$(PY) -m piptools compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header \
	    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host $$extras -o $$set.new ../pyproject.toml build.in && \
	  { echo '# Pinned with hashes by `make lock`; edit pyproject.toml or build.in, not this file.'; cat $$set.new; } > $$set.txt && \
	  rm $$set.new || exit 1; done

clean: ## remove what was built, and the environment
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist out
	find kg pipelines tests -name __pycache__ -prune -exec rm -rf {} +

# -- set-up: a stamp a step, so that an interrupted one is done again ---------------------------------------------------

$(VENV)/.made:
	@for p in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
	  if "$$p" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then \
	    echo "Setting up $(VENV) with $$p"; "$$p" -m venv $(VENV) && touch $@ && exit 0; exit 1; \
	  fi; \
	done; \
	echo "No Python 3.11, 3.12 or 3.13 with venv was found. Install one (Debian, Ubuntu: apt install python3-venv;" \
	  "macOS: brew install python@3.13) or name it: make demo PYTHON=/path/to/python3" >&2; exit 1

$(VENV)/.base: $(VENV)/.made requirements/base.txt pyproject.toml
	@echo "Installing the pinned requirements (a few minutes the first time)"
	@$(PIP) install --require-hashes -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.base requirements/dev.txt
	@echo "Installing the pinned tools for tests"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@
