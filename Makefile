# `make` lists the targets. The first of `demo` and `test` sets up .venv; after that they need no
# network. PYTHON=… chooses the interpreter for it, and sets it up anew if it was another's. `install`
# writes nothing here, so that root can run it in a user's checkout.

VENV := .venv
BIN := $(VENV)/bin
PIP := -m pip install -qq --disable-pip-version-check
PIP_INSTALL := $(BIN)/python $(PIP) --require-hashes
# So that the first answer is as quick as the second.
COMPILE := $(BIN)/python -m compileall -q bot commands store
STRICT := tests/matrix/strict
# Where `make install` puts the program: PREFIX/lib/sitrep-…, and the command PREFIX/bin/sitrep.
PREFIX ?= $(HOME)/.local
CHECKED := $(wildcard benchmarks bot commands store tests scripts)

# 3.12 first: the newest for which all of it is packaged, encrypted Matrix rooms too.
PYTHONS := $(or $(PYTHON),python3.12 python3.13 python3.14 python3.11 python3)
# Sets $python to the first that suits. Some commands of these names are launchers that exist and
# fail, so each one is called.
CHOOSE_PYTHON = for p in $(PYTHONS); do \
		if "$$p" bot/cli/interpreter.py 2>/dev/null; then python=$$p; break; fi; \
	done; \
	if [ -z "$${python:-}" ]; then \
		"$(or $(PYTHON),python3)" bot/cli/interpreter.py || echo 'Name one that suits: make PYTHON=….' >&2; \
		exit 1; \
	fi

IDENTITY := import sys; print(sys.version, sys.base_prefix)
FITS := $(if $(PYTHON),$(shell "$(PYTHON)" bot/cli/interpreter.py >/dev/null 2>&1 && echo yes))
ifneq ($(and $(FITS),$(filter-out install,$(MAKECMDGOALS))),)
ifneq ($(shell "$(PYTHON)" -c '$(IDENTITY)' 2>&1),$(if $(wildcard $(BIN)/python),$(shell $(BIN)/python -c '$(IDENTITY)' 2>&1)))
$(shell rm -f $(VENV)/*.stamp)
endif
endif

.DEFAULT_GOAL := help
.PHONY: help demo install wheel replay preview encryption strict test lint types layers pytest \
	extras coverage soak bench fresh pictures format lock image clean
.DELETE_ON_ERROR:

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/run.stamp ## a short tour on a throw-away store; on a terminal it then takes commands
	@$(BIN)/python -m bot demo

install: ## the command sitrep, in a place of its own under PREFIX (~/.local); EXTRAS=… adds extras
	@$(CHOOSE_PYTHON); "$$python" scripts/install.py "$(PREFIX)" \
		$(if $(ENCRYPTION),e2ee) $(if $(REPLICA),replica) $(if $(STANDBY),standby) $(EXTRAS)

wheel: $(VENV)/build.stamp ## the package, into dist/
	@rm -rf dist
	@$(BIN)/python -m pip wheel -qq --disable-pip-version-check --no-deps --no-build-isolation -w dist .

replay: $(VENV)/dev.stamp ## two weeks of summaries: the seeds, filed day by day on a virtual clock
	@$(BIN)/python scripts/replay.py

preview: $(VENV)/pictures.stamp ## the Discord bot in a browser, on the seeds, without an account
	@$(BIN)/python scripts/preview.py

encryption: $(VENV)/e2ee.stamp ## install what encrypted Matrix rooms need

strict: $(STRICT)/node_modules/made.stamp $(STRICT)/newest/node_modules/made.stamp ## install the strict Matrix client of the tests; needs Node.js 20

# The types are checked while the tests run: they need one core, and no worker waits for them.
test: lint extras ## everything that must hold: lint, types, layers, tests
	@$(MAKE) --no-print-directory -j3 types layers pytest

lint: $(VENV)/dev.stamp ## ruff: rules and format
	@$(BIN)/python -m ruff check
	@$(BIN)/python -m ruff format --check

types: $(VENV)/dev.stamp ## mypy, strict
	@$(BIN)/python -m mypy $(CHECKED)

layers: $(VENV)/dev.stamp ## import-linter: who may import whom
	@$(BIN)/python -c 'from importlinter.cli import lint_imports_command as c; c()' --no-logo

pytest: extras ## the tests alone, without the long campaigns
	@$(BIN)/python -m pytest

# What some tests need beyond the lock; they are skipped without it.
extras: $(VENV)/dev.stamp
	@$(MAKE) --no-print-directory encryption || echo 'Without it the tests of encrypted rooms are skipped.'
	@$(MAKE) --no-print-directory strict || echo 'Without it the tests with a strict client are skipped.'

coverage: extras ## which lines the tests run, in processes of their own too
	@$(BIN)/python -m coverage erase
	@$(BIN)/python -m coverage run -m pytest
	@$(BIN)/python -m coverage combine -q
	@$(BIN)/python -m coverage report

soak: $(VENV)/dev.stamp ## the long campaigns, with their figures
	@$(BIN)/python -m pytest -n 0 -m soak -s

bench: $(VENV)/run.stamp ## times the store against raw SQLite
	@$(BIN)/python -m bot bench

fresh: $(VENV)/made.stamp ## follow the README on Debian 12, 13 and sid (ROOTS=…); needs root and debootstrap
	@$(BIN)/python scripts/fresh.py $(ROOTS)

pictures: $(VENV)/pictures.stamp ## photograph the answers for the docs; needs Chromium
	@$(BIN)/python scripts/pictures.py

format: $(VENV)/dev.stamp ## ruff: put into shape what can be
	@$(BIN)/python -m ruff check --fix-only
	@$(BIN)/python -m ruff format

# One lock serves every supported Python and system. The later ones keep to the versions of the first.
# UPGRADE= (empty) keeps what is pinned as far as it can.
UPGRADE := --upgrade
LOCK := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command 'make lock' $(UPGRADE)

lock: $(VENV)/dev.stamp image ## make the locks again, with the newest versions
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	$(LOCK) pyproject.toml --extra e2ee -c requirements-dev.txt -o requirements-e2ee.txt
	$(LOCK) pyproject.toml --extra places -c requirements-dev.txt -o requirements-places.txt
	$(LOCK) pyproject.toml --extra drafts -c requirements-dev.txt -o requirements-drafts.txt
	$(LOCK) pyproject.toml --extra files -c requirements-dev.txt -o requirements-files.txt
	$(LOCK) pyproject.toml --extra replica -c requirements-dev.txt -o requirements-replica.txt
	$(LOCK) pyproject.toml --extra standby -c requirements-dev.txt -o requirements-standby.txt
	$(LOCK) pyproject.toml --extra likeness -c requirements-dev.txt -o requirements-likeness.txt
	$(LOCK) --group pictures -c requirements-dev.txt -o requirements-pictures.txt
	$(LOCK) --group build -c requirements-dev.txt -o requirements-build.txt

image: ## pin the base image in the Dockerfile to its newest digest
	@tag=$$(sed -n 's/^ARG BASE=\([^@]*\).*/\1/p' Dockerfile); \
	if docker buildx version >/dev/null 2>&1; then \
		digest=$$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$$tag"); \
	elif command -v skopeo >/dev/null; then \
		digest=$$(skopeo inspect --format '{{.Digest}}' "docker://docker.io/library/$$tag"); \
	else \
		echo "The digest of $$tag stays: there is neither docker buildx nor skopeo here."; exit 0; \
	fi; \
	case "$$digest" in \
		sha256:*) sed -i.old "s|^ARG BASE=.*|ARG BASE=$$tag@$$digest|" Dockerfile && rm Dockerfile.old ;; \
		*) echo "The digest of $$tag stays: the registry did not answer with one." ;; \
	esac

clean: ## remove .venv and all caches
	rm -rf $(VENV) dist $(STRICT)/node_modules $(STRICT)/newest/node_modules .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps say which lock .venv holds. The one for tests holds the one for running, at the same
# versions, so it stands for both.
$(VENV)/made.stamp:
	@$(CHOOSE_PYTHON); \
	echo "Setting up $(VENV) with $$("$$python" --version) (once, about a minute)…"; \
	"$$python" -m venv --clear $(VENV)
	@touch $@

# What makes the package, and nothing that it needs to run.
$(VENV)/build.stamp: requirements-build.txt | $(VENV)/made.stamp
	@$(PIP_INSTALL) -r requirements-build.txt
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
	@$(BIN)/python -c 'import olm' 2>/dev/null || \
		echo 'python-olm is packaged for Python 3.11 and 3.12 alone; for others: docs/matrix.md.'
	@touch $@

# A Matrix client of another make, for the tests of encrypted rooms; in a folder of its own.
$(STRICT)/node_modules/made.stamp $(STRICT)/newest/node_modules/made.stamp: %/node_modules/made.stamp: %/package-lock.json
	@command -v npm >/dev/null || { echo 'There is no npm here.'; exit 1; }
	@echo 'Installing a strict Matrix client ($*)…'
	@npm ci --prefix $* --no-audit --no-fund --ignore-scripts --silent >/dev/null || \
		{ echo 'npm could not install it.'; exit 1; }
	@touch $@

# What else the simulated Discord needs to be seen, at the versions of the lock for tests.
$(VENV)/pictures.stamp: requirements-pictures.txt $(VENV)/dev.stamp
	@echo 'Installing what the preview needs (requirements-pictures.txt)…'
	@$(PIP_INSTALL) -r requirements-pictures.txt
	@touch $@
