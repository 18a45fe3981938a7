# What a person types here. Every target installs nothing by itself but
# `make prepare`, which the tests call first.

GO ?= go

.PHONY: demo build prepare test lint unit check-permissions check-evaluation audit sbom oidc browser assets assets-check tour bench bench-index bench-start bench-mapping bench-coverage import-survey fuzz clean

demo:            ## start with demo content on http://localhost:8080
	$(GO) run ./cmd/atlas demo

build:           ## build the one binary
	CGO_ENABLED=0 $(GO) build -trimpath -o atlas ./cmd/atlas

test: prepare lint audit assets-check unit oidc browser ## everything a new machine must pass

prepare:         ## install what the tests lack (Debian, as root) or say what is missing
	@sh scripts/prepare.sh

lint:            ## formatting and vet
	@out=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$out" ]; then echo "gofmt would change: $$out"; exit 1; fi
	$(GO) vet ./...

unit:            ## unit tests, both databases, documents in the programs that open them
	ATLAS_REQUIRE_POSTGRES=1 ATLAS_REQUIRE_OFFICE=1 $(GO) test ./...

check-permissions: ## every route as every role on every kind of record, beside the table of permissions
	$(GO) test ./internal/web -count=1 -v -run '^TestEveryRouteLetsInWhomTheTableOfPermissionsLetsIn$$'

check-evaluation: ## each numbered example on evaluations and each published example of alpha, expected beside computed
	$(GO) test ./internal/rubric -count=1 -v -run '^TestTheNumberedExamplesAndTheReferencesOfAlphaHold$$'

audit:           ## known vulnerabilities of what we build of; says so where the databases cannot be reached
	@sh scripts/audit.sh

sbom: build      ## what the program is made of, as CycloneDX: atlas.cdx.json
	./atlas sbom > atlas.cdx.json

oidc:            ## sign in through a whole OpenID Connect provider
	cd e2e/oidc && $(GO) vet . && $(GO) test .

browser: build   ## the whole program in a real browser
	cd e2e && ATLAS_BINARY=../atlas node --test --test-concurrency=1 .

assets:          ## rebuild the embedded CSS, scripts and fonts from locked packages
	cd assets && npm ci --no-audit --no-fund && npm run build

assets-check:    ## fail when the committed assets are not what the sources give
	cd assets && npm ci --no-audit --no-fund --loglevel=error && npm run check

tour: build      ## walk the main pages and write the pictures of the README
	cd e2e && npm ci --no-audit --no-fund --loglevel=error && ATLAS_BINARY=../atlas node tour.mjs

bench: build     ## 1 500 000 records beside SQLite FTS5, PostgreSQL and Bleve (RECORDS=100000 for fewer, ARGS=-markdown for the README)
	@cd bench/speed && $(GO) run . -atlas ../../atlas $(if $(RECORDS),-records $(RECORDS)) $(ARGS)

bench-index:     ## the search index at 100 000, 500 000 and 1 500 000 generated records
	ATLAS_BENCH_RECORDS='100000 500000 1500000' $(GO) test ./internal/search -run '^$$' -bench Search -benchtime 1x -timeout 60m

bench-coverage:  ## the matrix of coverage at 1 500 000 projects beside SQL on both engines (RECORDS=100000 for fewer)
	ATLAS_BENCH_RECORDS=$(RECORDS) ATLAS_REQUIRE_POSTGRES=1 $(GO) test ./bench/coverage -run '^$$' -bench Coverage -benchtime 1x -timeout 60m

bench-start:     ## how soon the program answers, on both databases
	$(GO) test ./cmd/atlas -run '^$$' -bench Start -benchtime 3x

bench-mapping:   ## how well the meaning of columns is proposed, on real lists beside the project
	@$(GO) run ./bench/mapping

import-survey:   ## what becomes of every file of the folder DIR in an import
	@$(GO) run ./bench/survey "$(DIR)"

fuzz:            ## a minute of fuzzing for each reader of foreign input
	sh scripts/fuzz.sh

clean:
	rm -rf atlas e2e/node_modules assets/node_modules
