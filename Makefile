# `make` lists the targets. The first of `demo` and `test` sets up .venv; after that they need no
# network. PYTHON=… chooses the interpreter for it.

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes
# So that the first answer is as quick as the second.
COMPILE := $(BIN)/python -m compileall -q bot commands store
STRICT := tests/matrix/strict
CHECKED := $(wildcard bot commands store tests scripts)

# Makes a candidate count: the right version, able to make a venv, with SQLite. Some commands of
# these names are launchers that exist and fail, so each one is called.
SUITS := import ensurepip, sqlite3, sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))

.DEFAULT_GOAL := help
.PHONY: help demo replay preview encryption strict test lint types layers pytest soak bench pictures format lock clean
.DELETE_ON_ERROR:

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/run.stamp ## a short tour on a throw-away store; on a terminal it then takes commands
	@$(BIN)/python -m bot demo

replay: $(VENV)/dev.stamp ## two weeks of summaries: the seeds, filed day by day on a virtual clock
	@$(BIN)/python scripts/replay.py

preview: $(VENV)/pictures.stamp ## the Discord bot in a browser, on the seeds, without an account
	@$(BIN)/python scripts/preview.py

encryption: $(VENV)/e2ee.stamp ## install what encrypted Matrix rooms need

strict: $(STRICT)/node_modules/made.stamp ## install the strict Matrix client of the tests; needs Node.js 20

test: lint types layers pytest ## everything that must hold: lint, types, layers, tests

lint: $(VENV)/dev.stamp ## ruff: rules and format
	@$(BIN)/python -m ruff check
	@$(BIN)/python -m ruff format --check

types: $(VENV)/dev.stamp ## mypy, strict
	@$(BIN)/python -m mypy $(CHECKED)

layers: $(VENV)/dev.stamp ## import-linter: who may import whom
	@$(BIN)/python -c 'from importlinter.cli import lint_imports_command as c; c()' --no-logo

pytest: $(VENV)/dev.stamp ## the tests alone, without the long campaigns
	@$(MAKE) --no-print-directory encryption || echo 'Without it the tests of encrypted rooms are skipped.'
	@$(MAKE) --no-print-directory strict || echo 'Without it the tests with a strict client are skipped.'
	@$(BIN)/python -m pytest

soak: $(VENV)/dev.stamp ## the long campaigns, with their figures
	@$(BIN)/python -m pytest -n 0 -m soak -s

bench: $(VENV)/run.stamp ## times the store against raw SQLite
	@$(BIN)/python -m bot bench

pictures: $(VENV)/pictures.stamp ## photograph the answers for the docs; needs Chromium
	@$(BIN)/python scripts/pictures.py

format: $(VENV)/dev.stamp ## ruff: put into shape what can be
	@$(BIN)/python -m ruff check --fix-only
	@$(BIN)/python -m ruff format

# On 3.11, the older of the two: it needs all that 3.12 needs, and sometimes more.
lock: export CUSTOM_COMPILE_COMMAND := make lock
lock: $(VENV)/dev.stamp ## make the locks again, with the newest versions; needs Python 3.11
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
		{ echo 'The locks are made on Python 3.11: make clean, then make lock PYTHON=python3.11.' >&2; exit 1; }
	@for lock in requirements requirements-dev requirements-e2ee requirements-pictures requirements-places; do \
		echo "Locking $$lock.in (a few minutes)…"; \
		$(BIN)/python -m piptools compile --quiet --upgrade --no-config \
			--generate-hashes --strip-extras --allow-unsafe \
			--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
			--output-file $$lock.txt $$lock.in || exit 1; \
	done

clean: ## remove .venv and all caches
	rm -rf $(VENV) $(STRICT)/node_modules .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps say which lock .venv holds. The one for tests holds the one for running, at the same
# versions, so it stands for both.
$(VENV)/made.stamp:
	@for p in $(or $(PYTHON),python3.12 python3.11 python3); do \
		if "$$p" -c '$(SUITS)' 2>/dev/null; then found=$$p; break; fi; \
	done; \
	if [ -z "$${found:-}" ]; then \
		echo 'Sitrep needs Python 3.11 or 3.12 with venv and sqlite3$(if $(PYTHON),$(comma) which $(PYTHON) is not): install one (on Debian: apt install python3 python3-venv), or name one with make PYTHON=….' >&2; \
		exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$("$$found" --version) (once, about a minute)…"; \
	"$$found" -m venv --clear $(VENV)
	@touch $@

$(VENV)/run.stamp: requirements.txt | $(VENV)/made.stamp
	@echo 'Installing what the bot needs (requirements.txt)…'
	@$(PIP_INSTALL) -r requirements.txt
	@$(COMPILE)
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt requirements.txt | $(VENV)/made.stamp
	@echo 'Installing what the tests need (requirements-dev.txt)…'
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $(VENV)/run.stamp $@

# What encrypted Matrix rooms need, at the versions of the other locks.
$(VENV)/e2ee.stamp: requirements-e2ee.txt $(VENV)/run.stamp
	@echo 'Installing what encrypted rooms need (requirements-e2ee.txt)…'
	@$(PIP_INSTALL) -r requirements-e2ee.txt
	@touch $@

# A Matrix client of another make, for the tests of encrypted rooms; in a folder of its own.
$(STRICT)/node_modules/made.stamp: $(STRICT)/package-lock.json
	@command -v npm >/dev/null || { echo 'There is no npm here.'; exit 1; }
	@echo 'Installing a strict Matrix client ($(STRICT))…'
	@npm ci --prefix $(STRICT) --no-audit --no-fund --ignore-scripts --silent >/dev/null || \
		{ echo 'npm could not install it.'; exit 1; }
	@touch $@

# What else the simulated Discord needs to be seen, at the versions of the lock for tests.
$(VENV)/pictures.stamp: requirements-pictures.txt $(VENV)/dev.stamp
	@echo 'Installing what the preview needs (requirements-pictures.txt)…'
	@$(PIP_INSTALL) -r requirements-pictures.txt
	@touch $@

comma := ,
