# Two commands do everything on a fresh machine: make demo, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test fuzz test-spark trestle check format lint types contracts docs messages lock setup clean

demo: $(STAMP) ## run the worked engagement at the repository's root and print where the reports are
	@$(BIN)/auditkit run

test: $(STAMP) ## run every test, on every core; compiled code is kept, from which hundreds of processes start
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder

test-spark: $(STAMP) ## add Spark to the environment (450 MB; needs Java 17 or 21) and run what is skipped without it
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[spark]'
	@$(BIN)/python -m pytest -q tests/assessment/test_engine_conformance.py tests/assessment/test_spark_session.py

trestle: $(STAMP) ## load our OSCAL files with compliance-trestle, in an environment of its own
	@test -x .trestle/bin/trestle || { $(PYTHON) -m venv .trestle && .trestle/bin/python -m pip install -q compliance-trestle; }
	@rm -rf .trestle/oscal
	@$(BIN)/auditkit -q report write oscal-assessment-plan oscal-assessment-results oscal-poam --to .trestle/oscal
	@for one in checklists/iso-iec-20000-1-2018 checklists/iso-iec-20000-1-2005 checklists/crosswalks/*.yaml; do \
	  $(BIN)/auditkit -q catalog export $$(basename $$one .yaml) --to .trestle/oscal; done
	@.trestle/bin/python tools/check_trestle.py .trestle/oscal/*.json

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml tools/setup.sh
	@PYTHON="$(PYTHON)" sh tools/setup.sh $(VENV)
	@touch $(STAMP)

fuzz: $(STAMP) ## fuzz every reader of evidence for half a minute each (Linux)
	@$(BIN)/python tools/fuzz.py 30

check: format lint types contracts test ## what a change must pass

format: $(STAMP)
	@$(BIN)/ruff format --check .

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/auditkit catalog lint

types: $(STAMP)
	@$(BIN)/mypy

contracts: $(STAMP)
	@$(BIN)/lint-imports

docs: $(STAMP)
	@$(BIN)/python -m pytest -q tests/docs

messages: $(STAMP) ## bring the message catalogs of reports in step with the texts that are there
	@$(BIN)/python tools/messages.py

lock: ## recompile the lock; it names no index
	@$(BIN)/python -m pip install -q uv
	@$(BIN)/uv pip compile pyproject.toml requirements-build.in --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -q -o requirements.lock

clean:
	@rm -rf $(VENV) .auditkit-cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
