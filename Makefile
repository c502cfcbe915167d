PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python
# two files at a time (with three, pages that wait for their turn go on drawing: 490 s for the browser's part, and not
# 430), and those that judge time one by one afterwards
MANY = $(RUN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not alone$(1)"
ALONE = $(RUN) -m pytest -m alone $(shell grep -rl --include='*.py' 'mark.alone' tests)

# Tests start many processes: each would compile PyTorch and all else anew, which takes longer than most tests
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-quick check format bench clean

help:  ## what one can make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

.venv/run: pyproject.toml constraints.txt
	test -x $(RUN) || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt -e .
	touch $@

.venv/dev: pyproject.toml constraints.txt
	test -x $(RUN) || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt -e ".[dev]"
	touch .venv/run $@

.venv/compiled: .venv/dev
	$(RUN) -c "import app, dlcore.engine.preload"  # what tests import, once for all their processes
	touch $@

run: .venv/run  ## start LayerLab at http://localhost:8501
	$(BIN)/layerlab serve

test: .venv/compiled  ## the whole test suite
	$(call MANY)
	$(ALONE)

test-quick: .venv/compiled  ## the tests that take under two minutes
	$(call MANY, and not browser and not slow)

check: .venv/dev  ## format, lint, types, tests: the gate
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(MAKE) --no-print-directory --jobs=2 many types
	$(ALONE)

.PHONY: many types
many: .venv/compiled
	$(call MANY)

types: .venv/dev
	nice $(BIN)/mypy  # compiling leaves a core free; then tests come first

format: .venv/dev  ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/dev  ## every benchmark, one JSON line a figure
	$(RUN) -m benchmarks

clean:  ## remove what make made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
