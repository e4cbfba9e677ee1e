# Two commands: `make run` shows the demonstration council, `make test` runs every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKSPACE ?= workspace
PORT ?= 8050
# Names and versions only: the packages come from wherever this machine's pip looks.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock

.PHONY: run test check bench browser clean

run: $(VENV)/run.stamp
	@test -f $(WORKSPACE)/CURRENT || $(BIN)/locality-atlas demo --workspace $(WORKSPACE)
	@$(BIN)/locality-atlas serve --workspace $(WORKSPACE) --port $(PORT)

test: $(VENV)/test.stamp browser
	@.ci/tests $(BIN)/python

check: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/test.stamp browser
	@test -f $(WORKSPACE)/CURRENT || $(BIN)/locality-atlas demo --workspace $(WORKSPACE)
	$(BIN)/locality-atlas bench --workspace $(WORKSPACE)

# The browser tests drive a real Chromium; it comes from the system's packages where it is missing.
browser:
	@.ci/chromium

$(VENV)/created.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Locality Atlas needs Python 3.11 or newer.")'
	@echo "Creating $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: $(VENV)/created.stamp pyproject.toml requirements.lock
	@echo "Installing the locked packages (a few minutes the first time) ..."
	@$(PIP) --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/created.stamp pyproject.toml requirements.lock
	@echo "Installing the locked packages with the test extras (a few minutes the first time) ..."
	@$(PIP) --no-compile --editable ".[test]" # the oracles are large, and little of them is ever run
	@touch $@ $(VENV)/run.stamp

clean:
	rm -rf $(VENV) build *.egg-info
