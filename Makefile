# Everything a person or the CI does with a checkout. `make` alone lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
WORKERS ?= 2

.PHONY: help setup run test check fix docs site lock soak bench bench-full

help: ## List what can be done here.
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name what; do \
		printf '  make %-10s  %s\n' "$$name" "$$what"; done

setup: ## Install what Realise needs to run; the command is then .venv/bin/realise.
	@tools/setup.sh run

run: setup ## Start Realise with a sample council, and print the address and the sign-ins.
	@.venv/bin/realise run

test: ## Install what the tests need and run all of them, browser and both databases included.
	@tools/setup.sh test
	@.venv/bin/pytest -n $(WORKERS) --dist worksteal

check: ## Check format, style, types and import contracts, then run all the tests.
	@tools/setup.sh test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/pytest -n $(WORKERS) --dist worksteal

soak: ## Kill it, crowd it and fuzz it for long (CRASHES=100); docs/soak.md keeps what came of it.
	@tools/setup.sh test
	@.venv/bin/python -m tools.soak $(or $(CRASHES),100)

bench: ## Measure quickly, beside floors and peers in the same run (docs/performance.md).
	@tools/setup.sh test
	@.venv/bin/python -m benchmarks $(SUBJECTS)

bench-full: ## The same at every size, with the long runs; it takes hours.
	@tools/setup.sh test
	@.venv/bin/python -m benchmarks --full --keep $(SUBJECTS)

fix: ## Put format and style right wherever a machine can.
	@tools/setup.sh test
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

docs: ## Draw the pages of docs/ that are tables of the code.
	@tools/setup.sh run
	@.venv/bin/python tools/draw_docs.py

site: ## Build the documentation as a site, into build/site; a broken link fails.
	@tools/setup.sh test
	@.venv/bin/mkdocs build --quiet

lock: ## Write the locks anew from pyproject.toml; what is locked already stays as it is.
	@tools/setup.sh test
	@tools/lock.sh
