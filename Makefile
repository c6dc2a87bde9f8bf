# What one types. Every target sets up by itself what it needs; a second run finds the stamp.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
SIZES := S,M,L
# A file of tests stays on one core: what it makes once for all its tests is made once.
PYTEST := $(BIN)/pytest --numprocesses auto --dist loadfile
READY := $(VENV)/.ready
EXTRAS := tui,postgres,dev,bench
CANDIDATES := $(PYTHON) python3.13 python3.12 python3.11 python3

.DEFAULT_GOAL := help
.PHONY: help setup chair test test-long check lint bench bench-all hostile lock audit pictures clean

help:
	@echo 'make chair      set up and open the sample negotiation'
	@echo 'make test       set up and run what CI runs'
	@echo 'make test-long  the same with many more generated examples'
	@echo 'make check      linters, types, walls and a quick run of the tests'
	@echo 'make bench      measure sizes S and M'
	@echo 'make bench-all  the same beside every peer that can be installed, and size L; hours'
	@echo 'make hostile    2,500 hostile inputs through the program, with a report'
	@echo 'make lock       renew requirements.lock, what a deployment installs'
	@echo 'make audit      look requirements.lock up among known vulnerabilities'
	@echo 'make pictures   the pictures of the README, in docs/pictures (needs a Chromium)'
	@echo 'make setup      only make the virtual environment in $(VENV)'
	@echo 'make clean      remove the virtual environment and caches'

setup: $(READY)

$(READY): pyproject.toml
	@can_run='import sys; sys.exit(sys.version_info < (3, 11))'; \
	if ! $(BIN)/python -c "$$can_run" 2>/dev/null; then \
		found=; bare=; \
		for candidate in $(CANDIDATES); do \
			"$$candidate" -c "$$can_run" >/dev/null 2>&1 || continue; \
			if "$$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; \
			then found=$$candidate; break; else bare=$${bare:-$$candidate}; fi; \
		done; \
		if [ -z "$$found" ] && [ -n "$$bare" ]; then \
			echo "$$bare cannot make a virtual environment: install it (on Debian: apt install python3-venv) and run make again." >&2; \
			exit 1; \
		elif [ -z "$$found" ]; then \
			echo "No Python 3.11 or newer was found: install one, or name it with make PYTHON=/path/to/python3." >&2; \
			exit 1; \
		fi; \
		echo "Setting up $(VENV) with $$("$$found" --version)."; \
		"$$found" -m venv --clear $(VENV); \
	fi
	@echo 'Installing what the project needs into $(VENV).'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[$(EXTRAS)]'
	@touch $@

chair: $(READY)
	@$(BIN)/negotiation chair --sample

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

test: lint
	NEGOTIATION_TEST_PROFILE=default $(PYTEST)

test-long: lint
	NEGOTIATION_TEST_PROFILE=long $(PYTEST)

check: lint
	NEGOTIATION_TEST_PROFILE=quick $(PYTEST) --quiet

bench: $(READY)
	$(BIN)/python -m benchmarks --sizes S,M

# The peers stay out of $(VENV): each that cannot be installed is left out of the table, with the reason.
PEERS := build/peers
bench-all: $(READY)
	@mkdir -p $(PEERS)/python $(PEERS)/etherpad
	-@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
		--target $(PEERS)/python --upgrade --requirement benchmarks/peers/requirements.txt
	-@cp benchmarks/peers/node/package.json benchmarks/peers/node/package-lock.json $(PEERS)/ && \
		cd $(PEERS) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	-@cd $(PEERS)/etherpad && npm pack --silent ep_etherpad-lite@1.8.14 >/dev/null && \
		tar -xzf ep_etherpad-lite-1.8.14.tgz
	PYTHONPATH=$(PEERS)/python $(BIN)/python -m benchmarks --systems all --sizes $(SIZES) --time-box 900

hostile: $(READY)
	$(BIN)/python -m tests.hostile --count 2500

# Two tools that only these two targets need, in an environment of their own.
LOCKING := build/locking
RESOLVE := pip compile pyproject.toml --universal --python-version 3.11 --extra tui --extra postgres --extra seals

$(LOCKING)/bin/uv: $(READY)
	@$(BIN)/python -m venv $(LOCKING)
	@$(LOCKING)/bin/python -m pip install --quiet --disable-pip-version-check uv pip-audit

lock: $(LOCKING)/bin/uv
	$(LOCKING)/bin/uv $(RESOLVE) --upgrade --generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command 'make lock' --quiet --output-file requirements.lock

audit: $(LOCKING)/bin/uv
	$(LOCKING)/bin/pip-audit --requirement requirements.lock --disable-pip --no-deps --strict

# The same each time: a clock that is told, colours of a full terminal, nobody's own settings.
PICTURE := TZ=UTC COLORTERM=truecolor TERM=xterm-256color NEGOTIATION_SETTINGS=build/pictures \
	env -u NO_COLOR $(BIN)/python -m negotiation_tui.picture build/pictures/tide.db

pictures: $(READY)
	@rm -rf build/pictures && mkdir -p build/pictures docs/pictures
	@TZ=UTC $(BIN)/python -m negotiation.cli.sample \
		fixtures/texts build/pictures/tide.db 2026-03-12T11:30:00+00:00
	@$(PICTURE) docs/pictures/floor.png --keys n,n
	@$(PICTURE) docs/pictures/room.png --room --size 80x24
	@$(PICTURE) docs/pictures/replay.png --keys less_than_sign,less_than_sign
	@$(PICTURE) docs/pictures/page.png --page 453 --size 1280x800
	@echo 'The pictures are in docs/pictures.'

clean:
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
