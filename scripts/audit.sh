#!/bin/sh
# Asks the public databases of vulnerabilities about everything the program is
# built of. A finding fails; a database that cannot be reached is said and fails
# nothing, so that a machine without a network can build (REQUIRE_AUDIT=1 fails
# then too).
set -u
cd "$(dirname "$0")/.."
status=0
unreached=0

unknown() {
	echo "audit: NOT CHECKED: $1" >&2
	unreached=1
}

echo "audit: Go modules (govulncheck)"
# It is taken from PATH: the program must not depend on a tool of its audit.
if ! command -v govulncheck >/dev/null 2>&1; then
	unknown "govulncheck is not installed: go install golang.org/x/vuln/cmd/govulncheck@latest"
else
	out=$(govulncheck ./... 2>&1)
	code=$?
	case $code in
	0) echo "$out" | tail -n 1 ;;
	3) echo "$out"; status=1 ;; # vulnerabilities that the code can reach
	*) echo "$out" | tail -n 2 >&2; unknown "the database of Go vulnerabilities (vuln.go.dev) cannot be reached from here" ;;
	esac
fi

for dir in assets e2e; do
	echo "audit: npm packages of $dir (npm audit)"
	if ! command -v npm >/dev/null 2>&1; then
		unknown "npm is not installed"
		continue
	fi
	out=$(cd "$dir" && npm audit --package-lock-only --audit-level=high --json 2>/dev/null)
	code=$?
	case $out in
	*'"auditReportVersion"'*)
		if [ $code -ne 0 ]; then
			(cd "$dir" && npm audit --package-lock-only --audit-level=high) || true
			status=1
		else
			echo "audit: nothing of a high level"
		fi ;;
	*) unknown "the registry does not answer questions about vulnerabilities" ;;
	esac
done

if [ $unreached -ne 0 ] && [ "${REQUIRE_AUDIT:-}" = 1 ]; then
	status=1
fi
exit $status
