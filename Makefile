# `make demo` and `make test` set up everything they need by themselves.
.DEFAULT_GOAL := help
.PHONY: help demo test lint unit bench docs lock runtime dev clean

PY := .venv/bin/python

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

demo: runtime ## OpenBook: build and check the sample books; OneWindow: a demonstration bureau until Ctrl-C (ARGS=--once: try it and stop)
	@bash scripts/demo.sh
	@.venv/bin/onewindow demo $(ARGS)

test: lint unit ## lint, types, import rules, every test with coverage, on SQLite and on PostgreSQL

lint: dev
	@echo "==> ruff, mypy, import-linter"
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-logo

unit: dev
	@bash scripts/unit.sh

bench: dev ## measure; ONLY=cli-start|check-text|check-pdf|check-thousand|mutation-score|rounding|build-one|build-thousand|legal-time|case-lifecycle|case-million|case-sqlite|crash-steps for one
	@$(PY) -m bench $(ONLY)

docs: dev ## write docs/rules, docs/benchmarks.md and all generated parts of the pages anew
	@$(PY) -m scripts.write_docs

lock: dev ## resolve requirements*.lock anew
	@bash scripts/lock.sh

runtime:
	@bash scripts/setup.sh runtime

dev:
	@bash scripts/setup.sh dev

clean: ## remove everything that was made here
	rm -rf .venv out var/demo build dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests bench -name __pycache__ -prune -exec rm -rf {} +
