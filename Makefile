# One line of help per target: `make help`. What each does in full is in CONTRIBUTING.md.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
PORT ?= 8000
QUICK := not slow and not processes and not postgres and not redis and not browser and not libreoffice

.PHONY: help demo up install test fast check format lint types arch migrations templates long bench screenshots lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## install, load the sample company, start, print the address and who can sign in
	@ops/install base
	@PARLEY_URL="$${PARLEY_URL:-http://127.0.0.1:$(PORT)}" $(PY) manage.py demo
	@echo "Mails (signing links, reminders) are printed below."
	@PARLEY_DEMO=1 $(PY) manage.py up --port $(PORT)

up: ## start on your own data (web and worker; PORT=8000)
	@ops/install base
	@$(PY) manage.py up --port $(PORT)

install: ## make .venv with the locked requirements, nothing if they are there
	@ops/install dev

test: install ## install what is needed and run every test (about fourteen minutes)
	@$(PY) -m ops.run_tests

fast: install ## the quick tests, while writing
	@$(PY) -m pytest -q -n 2 -m "$(QUICK)"

check: format lint types arch migrations templates fast ## everything that must be green at every commit

format: install
	@echo "format:     ruff format --check"; $(PY) -m ruff format --check --quiet .

lint: install
	@echo "lint:       ruff check"; $(PY) -m ruff check --quiet --output-format=concise .

types: install
	@echo "types:      mypy --strict"; $(PY) -m mypy .

arch: install ## which room may import which
	@echo "arch:       import-linter"; .venv/bin/lint-imports --no-logo --config .importlinter

migrations: install
	@echo "migrations: every model change has one"; $(PY) manage.py makemigrations --check --dry-run

templates: install
	@echo "templates:  they compile, and hold nothing the content security policy would block"; $(PY) -m ops.check_templates

long: install ## the large repetition counts, race and kill runs
	@$(PY) -m ops.run_tests --long

bench: install ## time and memory of the commands over the sample contracts
	@$(PY) -m benchmarks.commands

screenshots: install ## pictures of every page, with the sample data, into docs/screenshots
	@$(PY) -m tests.browser.screenshots

lock: install ## write requirements/*.txt anew from requirements/*.in
	@ops/lock

clean: ## remove caches and test results (not your data in var/)
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache htmlcov .coverage* var/test-results
	@find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
