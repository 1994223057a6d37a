# The two commands of the README are `make site` and `make test`; the rest helps those who develop.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# One more than there are cores: browser tests wait for what a page does by itself.
WORKERS ?= $(shell cores=$$(nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2); echo $$((cores + 1)))
LOCK := requirements/lock.txt

.PHONY: site serve test check audit lint types contracts unit gate lock snapshots docs-checks clean browser bench

site: $(STAMP)
	$(BIN)/machikado build

serve: $(STAMP)
	$(BIN)/machikado serve

# Everything a change must pass: style, types, layers, unit tests, sources, a full build, the pages in a real browser.
test: lint types contracts unit gate

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports

unit: $(STAMP)
	$(BIN)/pytest -n $(WORKERS) --dist worksteal --durations 15 tests

gate: $(STAMP) browser
	$(BIN)/machikado build --quiet
	$(BIN)/machikado audit --quiet
	$(BIN)/pytest -n $(WORKERS) --dist worksteal --durations 15 a11y_tests

check: $(STAMP)
	$(BIN)/machikado check

audit: $(STAMP) browser
	$(BIN)/machikado audit

# What a screen reader meets, written anew after a wanted change; read the difference before you commit it.
snapshots: $(STAMP) browser
	$(BIN)/machikado build --quiet
	MACHIKADO_WRITE_SNAPSHOTS=1 $(BIN)/pytest a11y_tests -k snapshot

# The page of all checks (docs-dev/checks.md), made from the checks themselves.
docs-checks: $(STAMP)
	$(BIN)/python tests/docs_of_checks.py

# Other generators beside this one, on the same made-up city; benchmarks/README.md says more.
PAGES ?= 1000
LOCALES ?= 6
SMALLER ?= 200
bench: $(STAMP)
	$(BIN)/python -m benchmarks.run --pages $(PAGES) --locales $(LOCALES) --smaller $(SMALLER)

# A browser: the system's Chromium, or else Playwright's own.
browser: $(STAMP)
	@$(BIN)/python -m machikado.browser.find >/dev/null 2>&1 || $(BIN)/playwright install chromium

lock: $(STAMP)
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header pyproject.toml --all-extras --group dev --output-file $(LOCK)

$(STAMP): $(LOCK) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Python 3.11 or newer is needed / Python 3.11 以上が必要です' >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo 'On Debian: apt-get install python3-venv / Debian では apt-get install python3-venv を実行してください' >&2; exit 2; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement $(LOCK)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q src
	@touch $@

clean:
	rm -rf $(VENV) site .site.spare .machikado
