# Two commands carry a newcomer: `make up` and `make test`. Needed: Python ≥ 3.11 with venv and pip, and make.
PYTHON ?= python3
BIN := .venv/bin
LOCKED := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes
ARGS ?=

.PHONY: up test test-full check format bench docs pictures lock clean

up: .venv/.runs
	$(BIN)/dondoc up $(ARGS)

test: .venv/.develops
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not full" $(ARGS)

test-full: .venv/.develops
	DONDOC_TEST_FULL=1 $(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

check: .venv/.develops
	$(BIN)/ruff format --check --quiet . || ($(BIN)/ruff format --check . ; exit 1)
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.develops
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

bench: .venv/.develops
	$(BIN)/python -m benchmarks $(ARGS)

docs: .venv/.develops
	$(BIN)/python docs/write_commands.py
	$(BIN)/python docs/write_obligations.py
	$(BIN)/python docs/write_language.py
	$(BIN)/python docs/write_pictures.py

# The portal's pictures in the README, taken by a test in a real browser.
pictures: .venv/.develops
	DONDOC_TEST_PICTURES=docs/pictures $(BIN)/python -m pytest -q tests/browser/test_every_page.py -k pictures

# Needs uv on the path; pip alone cannot write a lock for every system at once.
lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
		--custom-compile-command "make lock" requirements.in -o requirements.txt
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
		--custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --no-deps: the lock is complete, and pip would otherwise resolve it anew and refuse it (docs/decisions/0002-lock.md).
.venv/.runs: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Cần Python 3.11 trở lên / Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	@echo "Đang cài đặt vào .venv (một lần, khoảng một phút)…"
	$(PYTHON) -m venv .venv
	$(LOCKED) -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.develops: .venv/.runs requirements-dev.txt
	$(LOCKED) -r requirements-dev.txt
	@touch $@
