# Everything here needs Go, a C and C++ compiler (the engine is linked through
# cgo) and make; the rest is fetched by Go from the module proxy.

GO    ?= go
TAGS  := duckdb_arrow
BUILD := .build
BIN   := $(BUILD)/leadline

.DEFAULT_GOAL := help
.PHONY: help build run test lint fmt bench mutate clean

help: ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## the program, as .build/leadline
	@mkdir -p $(BUILD)
	$(GO) build -tags $(TAGS) -o $(BIN) ./cmd/leadline

run: build ## a small synthetic extract, and a whole run on it
	$(BIN) generate --preset small --seed 1 --force --out $(BUILD)/example
	$(BIN) run -c $(BUILD)/example/run.yaml
	@echo
	@echo "Extract and run file:  $(BUILD)/example"
	@echo "Published results:     $(BUILD)/example/out (latest.json names the current run)"
	@echo "What each column is:   $(BIN) schema benchmark_step"

test: ## format, vet, lint and every test, with a summary at the end
	@$(GO) run ./.ci/check test

lint: ## format, vet and lint only
	@$(GO) run ./.ci/check lint

fmt: ## format the Go files
	gofmt -w cmd pipeline alignment aggregate benchmark schemas fixtures .ci

bench: build ## time and memory against the goals: LINES=10000000 ROUNDS=5 EXTRACTS=folder
	$(GO) run -tags $(TAGS) ./.ci/bench -binary $(BIN) -lines $(or $(LINES),1000000) -rounds $(or $(ROUNDS),3) -folder $(or $(EXTRACTS),$(BUILD)/bench)

mutate: ## break each rule on purpose and see its test fail; some with MUTATE='-run E5'
	@$(GO) run ./.ci/mutate $(MUTATE)

clean: ## remove what was built here
	rm -rf $(BUILD)
