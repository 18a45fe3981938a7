#!/bin/sh
# Fuzzes every reader of foreign input for a while (FUZZTIME, default 60s each).
set -eu
cd "$(dirname "$0")/.."
for pkg in $(go list ./...); do
	for f in $(go test "$pkg" -list '^Fuzz' | grep '^Fuzz' || true); do
		echo "$pkg $f"
		go test "$pkg" -run '^$' -fuzz "^$f\$" -fuzztime "${FUZZTIME:-60s}" -fuzzminimizetime 5s
	done
done
