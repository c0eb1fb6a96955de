# Two commands do everything on a fresh clone: `make demo` runs the main job, `make test` the tests. Both set up first.
# Needed: uv, or Python 3.12. After the first run nothing is fetched.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3.12
READY := $(VENV)/.ready-$(shell cat pyproject.toml constraints.txt | cksum | cut -d ' ' -f 1)
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint eval check readme format train bench pin clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY)  ## Make .venv with everything in it, as constraints.txt pins it

# `uv --version` and not `command -v uv`: a version manager's shim may stand there for a uv that is not.
$(READY): pyproject.toml constraints.txt
	@if uv --version >/dev/null 2>&1; then \
	    echo "setting up $(VENV) with uv" >&2; \
	    uv venv --quiet --allow-existing --python 3.12 $(VENV) && \
	    uv pip install --quiet --compile-bytecode --python $(VENV) -c constraints.txt -e . --group dev; \
	elif $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then \
	    echo "setting up $(VENV) with $(PYTHON) and pip (a minute or two)" >&2; \
	    $(PYTHON) -m venv $(VENV) && \
	    $(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1' && \
	    $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e . --group dev; \
	else \
	    echo "make: neither uv nor $(PYTHON) runs here; install one, or say make PYTHON=... (3.12 or later)" >&2; exit 1; \
	fi
	@rm -f $(VENV)/.ready-*
	@touch $@

demo: $(READY)  ## The main job on the shipped corpus: reads it into ./demo and shows who holds sway in Tajikistan
	@$(BIN)/marchland demo $(ARGS)

test: $(READY)  ## All tests, docs examples among them, with coverage of src
	$(BIN)/python -m pytest --cov --cov-report=term $(ARGS)

lint: $(READY)  ## Style, format, types, directions of import
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: $(READY)  ## Score the coder on the labelled texts; fails below a floor in eval/floors.toml
	$(BIN)/python eval/score_names.py
	$(BIN)/python eval/score_ties.py
	$(BIN)/python eval/score_articles.py
	$(BIN)/python eval/score.py $(if $(wildcard eval/floors.toml),--floors) $(ARGS)

check: lint  ## What CI runs: lint, tests, scores against their floors
	$(MAKE) test
	$(MAKE) eval

format: $(READY)  ## Put the code into the house format
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

readme: $(READY)  ## Run the examples of README.md and docs/ and paste what they print
	$(BIN)/python tools/readme.py

train: $(READY)  ## Train the learned weights again from training/ and the lexicon's examples
	$(BIN)/python training/train.py $(ARGS)
	$(BIN)/python training/train_ties.py $(ARGS)

bench: $(READY)  ## Speed against the plain spaCy pipeline, same texts, same run
	$(BIN)/python eval/bench.py $(ARGS)

pin: $(READY)  ## Write constraints.txt and its copy in pyproject.toml anew (needs uv; ARGS=--upgrade for newer releases)
	$(BIN)/python tools/pin.py $(ARGS)

clean:  ## Remove what the targets above made
	rm -rf $(VENV) demo build dist .coverage* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
