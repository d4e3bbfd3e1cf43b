# The first two are all that a new user needs: `make run` and `make test`.
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.SILENT:

# A target may only import what Package.swift says; one flag set per scratch path, so that nothing is built twice.
CHECKED := --explicit-target-dependency-import-check error
# Linked statically, the binaries start faster and run in an image without the Swift toolchain.
RELEASE := -c release --static-swift-stdlib $(CHECKED) -Xlinker -s
DATA_DIR ?= data
VENV := .venv
# Judges from outside the project, where they are at hand.
PROBES ?= ../shared/probes
PYTHON := $(VENV)/bin/python

.PHONY: help run build demo test unit clients judge lint fmt proto tsan asan fuzz bench cover images e2e-compose up down clean

help: ## Show what can be made
	grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-14s %s\n", $$1, $$2 }'

run: build ## Build, then start the whole stack in the foreground (the sandbox Discord without DISCORD_BOT_TOKEN)
	exec .build/release/discord-mcp run --data-dir "$(DATA_DIR)"

build: ## Install what is missing and build the release binaries
	deploy/install-packages run
	# Not what only tests run.
	for program in "" -front-door -gateway -executor -audit -sandbox; do
	    swift build $(RELEASE) --product "discord-mcp$$program"
	done

demo: build $(VENV)/ready ## Start a stack, drive one scripted session of a real MCP client against it, stop
	$(PYTHON) Tests/Clients/demo.py --bin .build/release

test: unit clients ## Install what is missing and run every test

unit: ## The Swift tests: units, real Redis, real ZeroMQ, real processes
	deploy/install-packages test
	swift build $(CHECKED) --build-tests
	# One target after another: together they crowd the machine, and what measures time then measures the crowd.
	for tests in Tests/*Tests; do
	    timeout 600 swift test $(CHECKED) --skip-build --filter "^$$(basename "$$tests")\."
	done

clients: $(VENV)/ready ## The tests with real MCP clients against the real binaries
	swift build $(CHECKED)
	$(PYTHON) -m pytest -q Tests/Clients --bin .build/debug

$(VENV)/ready: Tests/Clients/requirements.txt
	deploy/install-packages test
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install -q --disable-pip-version-check -r Tests/Clients/requirements.txt
	touch $@

judge: ## Put the sandbox and our Discord clients before the outside judges of PROBES
	deploy/install-packages test
	test -d "$(PROBES)" || { echo "PROBES=$(PROBES) is no folder of judges: make judge PROBES=DIR" >&2; exit 1; }
	swift build $(CHECKED)
	python3 -m venv .venv-judges
	.venv-judges/bin/pip install -q --disable-pip-version-check -r "$(PROBES)/requirements.txt"
	.venv-judges/bin/python Tests/Judges/judge.py --probes "$(PROBES)" --bin .build/debug --out .build/judges

lint: ## Check format and house rules
	swift format lint --strict --recursive --parallel Package.swift Sources Tests
	deploy/check-house-rules

fmt: ## Format all Swift files
	swift format --in-place --recursive --parallel Package.swift Sources Tests

proto: ## Generate the Swift code of Sources/Contracts/Protos anew (needs protobuf-compiler)
	deploy/generate-protobuf

tsan: ## The Swift tests under the thread sanitizer
	deploy/install-packages test
	swift test $(CHECKED) --sanitize=thread --scratch-path .build-tsan

asan: ## The Swift tests under the address sanitizer
	deploy/install-packages test
	ASAN_OPTIONS=detect_leaks=0 swift test $(CHECKED) --sanitize=address --scratch-path .build-asan

fuzz: ## Fuzz the parsers for a minute each
	deploy/install-packages test
	Fuzz/run

bench: build ## Measure against ceilings taken in the same run
	Benchmarks/run

cover: ## Line coverage of the Swift tests
	deploy/install-packages test
	swift test $(CHECKED) --enable-code-coverage --scratch-path .build-cover
	llvm-cov report -instr-profile .build-cover/debug/codecov/default.profdata \
	    .build-cover/debug/discord-mcpPackageTests.xctest Sources

images: ## Build the container image
	docker build -t discord-mcp:latest -f deploy/Dockerfile .

e2e-compose: $(VENV)/ready ## Run a client session against the composed stack
	deploy/e2e-compose

up: ## Start the composed stack (adds fresh secrets to .env first)
	deploy/make-env
	deploy/compose up -d --build --scale front-door=3

down: ## Stop the composed stack
	deploy/compose down

clean: ## Remove everything that was built
	rm -rf .build .build-* $(VENV) .venv-judges
