#!/bin/bash
# Writes the locks from pyproject.toml: every package with its version and hashes, for every
# Python from 3.11 and every platform. A version that is locked already stays, unless asked:
# `tools/lock.sh --upgrade` takes the newest of all, `--upgrade-package NAME` of one.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header "$@"
}

# With the extras: a council that sets up a checkout may use GOV.UK Notify or watch by Sentry.
compile pyproject.toml --all-extras --group checkout "$@" -o requirements.lock
compile pyproject.toml --all-extras --group checkout --group dev -c requirements.lock "$@" \
    -o requirements-dev.lock
compile - -c requirements.lock -o tools/uv.lock <<<uv
