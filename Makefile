# The two commands of the README are `make glossary` and `make test`. Both make their own environment in .venv; nothing is
# installed anywhere else. Another Python: make glossary PYTHON=python3.13

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# The annotated documents that training and the quality benchmark need; they are no part of the project.
SHARED ?= ../shared

.PHONY: glossary test train benchmark-quality benchmark-speed lock clean

glossary: .venv/runtime
	$(BIN)/termbuilder mine examples -o output

test: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 -rs

train: .venv/train
	$(BIN)/python -m training --shared $(SHARED)

benchmark-quality: .venv/train
	$(BIN)/python -m benchmarks.quality --shared $(SHARED)

# More sizes, incremental runs and a local cluster: SPEED="--sizes seeds,1,10,100 --incremental 9 --dask". The peer jieba is timed if it is
# installed.
benchmark-speed: .venv/dev
	$(BIN)/python -m benchmarks.speed --shared $(SHARED) $(SPEED)

# --- environments: made once, and again when what they hold has changed -----------------------------------------------

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' || { \
	  echo "termbuilder needs Python 3.11 to 3.14, and '$(PYTHON)' is not one. Install one, then say which: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "Making .venv (once; it takes a minute or two) ..."
	@$(PYTHON) -m venv .venv
	@touch $@

# Every package in exactly the pinned version, checked against its hash; then this project itself, without asking for more.
.venv/runtime .venv/dev .venv/train: .venv/%: requirements/%.txt pyproject.toml | .venv/python
	@$(PIP) install --quiet --require-hashes -r $<
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# Pins the newest releases that the oldest supported Python takes; run it with that Python: make lock PYTHON=python3.11
LOCK = .venv-lock/bin/pip-compile --quiet --no-header --strip-extras --generate-hashes --build-deps-for editable \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host
# The extras that users may have: their tests run too.
TESTED = --extra dev --extra cedict --extra mt --extra dask
lock:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet pip-tools
	$(LOCK) --output-file requirements/runtime.txt pyproject.toml
	$(LOCK) --constraint requirements/runtime.txt $(TESTED) --output-file requirements/dev.txt pyproject.toml
	$(LOCK) --constraint requirements/dev.txt --extra train --output-file requirements/train.txt pyproject.toml
	rm -r .venv-lock

clean:
	rm -rf .venv .venv-lock build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
