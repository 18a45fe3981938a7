#!/bin/sh
# Installs what the tests lack on a Debian machine as root; elsewhere says
# plainly what is missing and how to get it.
set -eu
cd "$(dirname "$0")/.."

missing=""
need() { missing="$missing $1"; }

have() { command -v "$1" >/dev/null 2>&1; }
have_postgres() { have initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
have_node() { have node && have npm && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; }

if ! have go; then
	echo "Go is missing: install Go $(sed -n 's/^go //p' go.mod) or newer (https://go.dev/dl/)." >&2
	exit 1
fi
have chromium || need chromium
have_postgres || need postgresql
have_node || need "nodejs npm"
have soffice || need libreoffice-writer-nogui
have pdfinfo || need poppler-utils

if [ -n "$missing" ]; then
	if [ "$(id -u)" = 0 ] && have apt-get; then
		echo "Installing:$missing"
		export DEBIAN_FRONTEND=noninteractive
		apt-get update -qq
		# shellcheck disable=SC2086 # a list of packages on purpose
		apt-get install -y -qq --no-install-recommends $missing >/dev/null
	else
		echo "Missing on this machine:$missing" >&2
		echo "On Debian or Ubuntu, as root: apt-get install$missing" >&2
		echo "Elsewhere: Chromium (in PATH as 'chromium'), PostgreSQL server 15 or newer (initdb, pg_ctl), LibreOffice Writer (soffice), Poppler (pdfinfo, pdftotext, pdffonts), Node.js 20 or newer with npm." >&2
		exit 1
	fi
fi
have_node || { echo "Node.js 20 or newer is needed; this machine has $(node --version 2>/dev/null || echo none)." >&2; exit 1; }

(cd e2e && npm ci --no-audit --no-fund --loglevel=error)
