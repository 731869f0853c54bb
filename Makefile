# burnwatch's one-command tasks. `make` alone lists them.

SWIFT ?= swift
PREFIX ?= /usr/local
CONFIGURATION ?= debug
SCRATCH ?= .build
BINARY = $(SCRATCH)/$(CONFIGURATION)/burnwatch
LIMITS = --explicit-target-dependency-import-check error
# A cached plan would miss files added to or removed from themes/ and sample-data/.
FRESH = --disable-build-manifest-caching

.PHONY: help demo run build test lint format bench soak install clean

help: ## Lists the tasks.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: bootstrap ## Opens the dashboard on the fictional shop; needs no server.
	$(SWIFT) build $(FRESH) --scratch-path $(SCRATCH) --product burnwatch
	$(BINARY) demo

run: bootstrap ## Opens the dashboard on your own configuration.
	$(SWIFT) build $(FRESH) --scratch-path $(SCRATCH) --product burnwatch
	$(BINARY) $(ARGS)

build: bootstrap ## Builds everything (CONFIGURATION=release for an optimised binary).
	$(SWIFT) build $(FRESH) --scratch-path $(SCRATCH) -c $(CONFIGURATION) $(LIMITS)

test: bootstrap-tests ## Installs what the tests need and runs them all (ARGS='--filter NAME' for some).
	$(SWIFT) build $(FRESH) --scratch-path $(SCRATCH) --build-tests $(LIMITS)
	SWIFT=$(SWIFT) SCRATCH=$(SCRATCH) Scripts/test $(ARGS)

lint: bootstrap-tests ## Checks format, shell scripts, documentation and house rules.
	Scripts/lint

format: ## Formats all Swift files in place.
	git ls-files -z '*.swift' | xargs -0 $(SWIFT) format --in-place --parallel

bench: bootstrap-bench ## Measures every budget on release builds, beside htop and btop (ARGS=budgets for a part).
	Scripts/bench $(ARGS)

soak: bootstrap ## Watches sources that fail at random for half an hour (ARGS=5 for five minutes).
	Scripts/soak $(ARGS)

install: bootstrap ## Installs an optimised binary into PREFIX/bin.
	SCRATCH=$(SCRATCH) Scripts/build-release burnwatch
	install -d $(DESTDIR)$(PREFIX)/bin
	install -s -m 755 $(SCRATCH)/release/burnwatch $(DESTDIR)$(PREFIX)/bin/burnwatch

clean: ## Removes what was built.
	rm -rf $(SCRATCH)

.PHONY: bootstrap bootstrap-tests bootstrap-bench
bootstrap:
	@Scripts/bootstrap

bootstrap-tests:
	@Scripts/bootstrap --tests

bootstrap-bench:
	@Scripts/bootstrap --bench
