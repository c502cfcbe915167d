PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python
INSTALL = $(RUN) -m pip install -qq --disable-pip-version-check --no-compile -c constraints.txt
# two files at a time (with three, pages that wait for their turn go on drawing: 490 s for the browser's part, and not
# 430), and those that judge time one by one afterwards
MANY = $(RUN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not alone$(1)"

# Tests start many processes: each would compile PyTorch and all else anew, which takes longer than most tests
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-quick check format bench clean

help:  ## what one can make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

.venv/pip: constraints.txt
	test -x $(RUN) || $(PYTHON) -m venv .venv
	$(INSTALL) pip  # the one that comes with Python 3.11 takes 40 s to choose among what an index offers, this one 20
	touch $@

.venv/run: .venv/pip pyproject.toml
	$(INSTALL) -e .
	touch $@

# who develops needs all that is pinned: two at a time, for pip chooses and unpacks for 40 s with one core
.venv/pins: .venv/pip
	grep -v "^#" constraints.txt | split --number=r/2 - .venv/pins-
	$(INSTALL) --no-deps -r .venv/pins-aa & $(INSTALL) --no-deps -r .venv/pins-ab && wait $$!
	touch $@

.venv/dev: .venv/pins pyproject.toml
	$(INSTALL) -e ".[dev]"
	touch .venv/run $@

.venv/compiled: .venv/pins
	$(RUN) -c "import app" & $(RUN) -c "import dlcore.engine.preload" && wait $$!  # what tests import, once for all
	touch $@

.PHONY: ready
ready: .venv/pins
	@$(MAKE) --no-print-directory --jobs=2 .venv/dev .venv/compiled

run: .venv/run  ## start LayerLab at http://localhost:8501
	$(BIN)/layerlab serve

test: ready  ## the whole test suite
	$(call MANY)
	$(MAKE) --no-print-directory alone

test-quick: ready  ## the tests that take under two minutes
	$(call MANY, and not browser and not slow)

check: ready  ## format, lint, types, tests: the gate
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(call MANY)
	$(MAKE) --no-print-directory --jobs=2 alone types

.PHONY: alone types
alone: ready
	$(RUN) -m pytest -m alone $(shell grep -rl --include='*.py' 'mark.alone' tests)

types: .venv/dev
	nice -n 19 $(BIN)/mypy  # those tests mostly wait, with one worker each: a core is free

format: .venv/dev  ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/dev  ## every benchmark, one JSON line a figure
	$(RUN) -m benchmarks

clean:  ## remove what make made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
