# Two commands: `make report` and `make test`. Nothing but Python 3.11+ and make is needed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Bytecode for every module at once, on all cores: pip would use one, and some machines forbid writing it later.
# Packages may hold templates that are no Python; they are left alone.
COMPILE := $(BIN)/python -m compileall -q -j 0 $(VENV)/lib scripts/rapport >/dev/null 2>&1 || true

.PHONY: report test verify check bench bundle rehearse lock clean

report: $(VENV)/.installed ## Build the site and the PDF in _site/
	$(BIN)/rapport render

# Three at a time on two cores: each waits much of its time, for a browser or for a limit to pass.
test: $(VENV)/.installed-dev ## Check all of it
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not alone"
	$(BIN)/python -m pytest -m alone

verify: report ## Do figures, numbers and texts follow from the data?
	$(BIN)/rapport verify

check: $(VENV)/.installed-dev ## Lint and types
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/basedpyright

bench: $(VENV)/.installed ## Time the whole processes and print a table
	@$(COMPILE) # as an installation of the code as it is now would
	$(BIN)/python -m rapport.installed
	$(BIN)/python tests/bench.py

bundle: $(VENV)/.installed ## Pack all that a rebuild without a package index needs, in dist/
	$(BIN)/rapport bundle

rehearse: bundle ## Rebuild from the bundle where no network is, and compare
	$(PYTHON) tests/rehearse.py dist

# Hashes, no addresses: the lock files install from any index. Needs uv.
lock:
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements.lock
	uv pip compile pyproject.toml --group build --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --constraint requirements.lock --output-file requirements-dev.lock

clean: ## Take away what was built and cached, not the environment
	rm -rf _site .cache .pytest_cache .ruff_cache _book .quarto index.typ site_libs
	find scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with PYTHON=…")'
	$(PYTHON) -m venv $(VENV)

# Touched last, so that an installation that breaks off is done again.
$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked packages into $(VENV)/ (once) …"
	$(PIP) install --no-compile --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@$(COMPILE)
	$(BIN)/python -m rapport.installed
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing the locked test packages into $(VENV)/ (once) …"
	$(PIP) install --no-compile --require-hashes --requirement requirements-dev.lock
	@$(COMPILE)
	@touch $@
