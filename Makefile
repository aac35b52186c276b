# Two commands: `make run` starts the portal, `make test` proves it. `make help` lists the rest.

PYTHON ?= python3
VENV_PYTHON := .venv/bin/python
ARGS ?=
STRICT ?=
export STRICT

.PHONY: help run test lint format bench load fuzz scan screenshots lock licences clean environment test-environment

help:
	@echo "make run             start the portal (PORT=8000, VAR_DIR=var, DATABASE_URL, REDIS_URL)"
	@echo "make test            run the tests (ARGS=\"tests/x -k y\"; STRICT=1: the slow ones too, and all must be testable)"
	@echo "make lint            check style, imports, templates, migrations and deployment settings"
	@echo "make format          put code and templates into the form that lint wants"
	@echo "make bench           measure against the limits, table on screen and var/bench.json"
	@echo "make load            a million RT heads in the database; 30,000 answer at once (ARGS=\"country storm faults\", PEOPLE, SECONDS)"
	@echo "make fuzz            100,000 generated requests, bounded by time (ARGS=\"INPUTS SECONDS SEED\")"
	@echo "make scan            wapiti and sqlmap over a demo of its own, as each role (SCAN_SECONDS=300); var/scan.json"
	@echo "make screenshots     take the pictures of README.md from the demo"
	@echo "make lock            lock both requirement files anew"
	@echo "make licences        list the licences of all parts in deploy/LICENCES.md"
	@echo "make clean           remove .venv and caches; var/ stays"

environment:
	@$(PYTHON) rtportal/launch/environment.py . requirements.txt

test-environment:
	@$(PYTHON) rtportal/launch/environment.py . tests/requirements.txt

# No shell stands between make and the launcher, so a signal to make reaches it.
run: environment
	@$(VENV_PYTHON) manage.py run --end-with-parent $(ARGS)

test: test-environment
	@$(VENV_PYTHON) -m tests.infra.run $(ARGS)

lint: test-environment
	@$(VENV_PYTHON) -m tests.infra.lint

format: test-environment
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

bench: test-environment
	@$(VENV_PYTHON) -m tests.load.bench $(ARGS)

load: test-environment
	@$(VENV_PYTHON) -m tests.load.heavy $(ARGS)

fuzz: test-environment
	@$(VENV_PYTHON) -m tests.fuzz.run $(ARGS)

# The scanners are no part of the portal, and want other versions of what it uses.
scan: test-environment
	@$(PYTHON) rtportal/launch/environment.py . tests/scan/requirements.txt .venv-scan
	@$(VENV_PYTHON) -m tests.scan.scan .venv-scan/bin

# The pictures of README.md, taken from the running demo.
screenshots: test-environment
	@$(VENV_PYTHON) -m tests.e2e.screenshots

lock:
	@$(PYTHON) tests/infra/lock.py

licences: test-environment
	@$(VENV_PYTHON) -m tests.infra.licences

clean:
	rm -rf .venv .venv-scan .ruff_cache .import_linter_cache .pytest_cache .hypothesis .test_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
