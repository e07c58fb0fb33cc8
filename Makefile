# `make serve` and `make test` are all a newcomer needs; `make help` lists the rest. Everything built lies in .venv and .build.
SHELL := /bin/bash
PORT ?= 8080
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help serve test test-slow train model site check lint bench safety-report translations lock clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(STAMP): requirements.lock requirements-uv.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "friyta needs Python 3.11 (or any Python 3, with which it finds one). None is on the PATH."; exit 1; }
	@echo "Making the environment in $(VENV) (once; about a minute) …"
	@$(PYTHON) -m venv .build/uv 2>/dev/null || { echo "$(PYTHON) has no venv. On Debian: apt-get install python3-venv"; exit 1; }
	@.build/uv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@.build/uv/bin/uv venv --quiet --allow-existing --python 3.11 $(VENV)
	@.build/uv/bin/uv pip sync --quiet --python $(BIN)/python requirements.lock
	@.build/uv/bin/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

serve: $(STAMP) ## check, build, train if needed, and serve on PORT (default 8080)
	@PORT=$(PORT) $(BIN)/friyta serve

check: $(STAMP) ## every mistake of content and translations, with file and line
	@$(BIN)/friyta check

site: $(STAMP) ## build the site for every language into .build/site
	@$(BIN)/friyta build

train: $(STAMP) ## train the chatbot's Rasa model if its inputs changed
	@$(BIN)/friyta train

model: $(STAMP) ## make the network anew from the training messages (PyTorch in an environment of its own; an hour)
	@.build/uv/bin/uv venv --quiet --allow-existing --python 3.11 .build/model-environment
	@.build/uv/bin/uv pip sync --quiet --python .build/model-environment/bin/python chatbot/network/requirements.lock
	@.build/model-environment/bin/python -m chatbot.network.make
	@.build/model-environment/bin/python -m chatbot.network.make --go-on --epochs 2.4 --rate 1.5e-4

translations: $(STAMP) ## extract, merge and report the catalogues
	@$(BIN)/friyta translations

lint: $(STAMP) ## form and types
	@$(BIN)/ruff check .
	@$(BIN)/mypy

test: $(STAMP) ## all tests; needs chromium, haproxy and caddy (.ci/run installs them)
	@$(BIN)/friyta check
	@$(BIN)/friyta build
	@$(BIN)/friyta train
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pytest

test-slow: $(STAMP) ## the whole matrices too (every page in every language, five years of minutes)
	@$(BIN)/pytest -m "slow or not slow"

bench: $(STAMP) ## measure beside stock Rasa and stock Material; BENCH="--minutes 60 --record" for the long one
	@$(BIN)/python -W ignore -m tests.load.bench $(BENCH)

safety-report: $(STAMP) ## the tests a reader's safety hangs on, ten minutes of fuzzing, the evaluation; writes site/safety-report.json
	@$(BIN)/friyta build
	@$(BIN)/friyta train
	@$(BIN)/friyta evaluate
	@$(BIN)/python -W ignore tests/safety/report.py

lock: ## write the locks anew (versions and hashes, no addresses)
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --python-version 3.11 --no-emit-index-url -o requirements.lock
	echo uv | uv pip compile - --universal --generate-hashes --python-version 3.9 --no-emit-index-url -o requirements-uv.lock

clean: ## remove what was built
	rm -rf .build
