#!/bin/bash
# Brings a checkout to the state where Realise runs (`run`) or its tests do (`test`).
# Asks what is there rather than what was done, so a second run takes no time.
set -euo pipefail
cd "$(dirname "$0")/.."
wanted=${1:-run}

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# --- What the machine must have -----------------------------------------------------------------

find_python() {
    local name
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null \
            && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    fail "Realise needs Python 3.11 or later: install it, then run this again."
}

# Succeeds when every library named can be loaded, which is what WeasyPrint will do.
loads() {
    "$python" - "$@" 2>/dev/null <<'PYTHON'
import ctypes, sys
for library in sys.argv[1:]:
    ctypes.CDLL(library)
PYTHON
}

missing_packages() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null \
        || "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
    [ "$(uname)" = Linux ] || return 0
    loads libpango-1.0.so.0 libgobject-2.0.so.0 || say libpango-1.0-0
    loads libpangoft2-1.0.so.0 libharfbuzz.so.0 libfontconfig.so.1 || say libpangoft2-1.0-0
    loads libharfbuzz-subset.so.0 || say libharfbuzz-subset0
    [ "$wanted" = test ] || return 0
    command -v pdftotext >/dev/null || say poppler-utils
    loads libatomic.so.1 || say libatomic1 # for the driver of the browser tests
    if ! command -v chromium >/dev/null && ! is_ubuntu; then say chromium; fi
}

# Ubuntu's own Chromium is a snap, which cannot read what the tests give it.
is_ubuntu() { grep -qs '^ID=ubuntu' /etc/os-release; }

install_packages() {
    local as_root=()
    command -v apt-get >/dev/null \
        || fail "Realise needs these system packages (by their Debian names): $*. Install them, then run this again."
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null \
            || fail "Realise needs system packages. Ask an administrator to run: apt-get install --no-install-recommends $*"
        as_root=(sudo -n)
    fi
    say "Installing system packages: $*"
    as_root+=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y
        -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120)
    local install=("${as_root[@]}" install --no-install-recommends "$@")
    # The lists of a fresh machine are empty or old: fetch them only then.
    "${install[@]}" >/dev/null 2>&1 </dev/null && return
    "${as_root[@]}" update >/dev/null </dev/null
    "${install[@]}" >/dev/null </dev/null \
        || fail "The system packages could not be installed: $*. apt-get says why above."
}

# --- The Python environment ---------------------------------------------------------------------

# The registry and the certificates that pip was told of are good for uv too.
follow_pip() {
    local index certificate
    index=$("$1" -m pip config get global.index-url 2>/dev/null || true)
    index=${PIP_INDEX_URL:-$index}
    if [ -n "$index" ] && [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
        export UV_DEFAULT_INDEX=$index
    fi
    certificate=$("$1" -m pip config get global.cert 2>/dev/null || true)
    certificate=${PIP_CERT:-$certificate}
    if [ -n "$certificate" ] && [ -z "${SSL_CERT_FILE:-}" ]; then
        export SSL_CERT_FILE=$certificate
    fi
}

# What the environment was made from: another lock, Python or place means another environment.
made_from() {
    {
        pwd
        "$python" -c 'import sys; print(sys.version, sys.platform)'
        cat "$1" pyproject.toml tools/uv.lock
    } | cksum
}

environment() {
    local lock=requirements.lock stamp=.venv/made-from
    # Whoever has the tests' set keeps it: it holds the run-time set too.
    if [ "$wanted" = test ] || [ -e .venv/for-tests ]; then lock=requirements-dev.lock; fi
    if [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$(made_from $lock)" ]; then return; fi

    say "Installing Python packages from $lock"
    if ! head -n 1 .venv/bin/pip 2>/dev/null | grep -qF "$PWD/.venv/bin/python" \
        || ! .venv/bin/python -c '' 2>/dev/null; then
        rm -rf .venv
        "$python" -m venv .venv
    fi
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        --require-hashes -r tools/uv.lock
    follow_pip .venv/bin/python
    export UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1 VIRTUAL_ENV=$PWD/.venv
    # Compiled here once, so that no first start and no worker of the tests has to.
    .venv/bin/uv pip sync --quiet --compile-bytecode --require-hashes "$lock"
    .venv/bin/uv pip install --quiet --no-deps --no-build-isolation --editable .
    if [ $lock = requirements-dev.lock ]; then touch .venv/for-tests; fi
    made_from $lock >"$stamp"
}

# --- All of it, in order ------------------------------------------------------------------------

case $wanted in run | test) ;; *) fail "Say what for: tools/setup.sh run, or tools/setup.sh test." ;; esac
python=$(find_python)
packages=$(missing_packages)
# shellcheck disable=SC2086 # one word a package
if [ -n "$packages" ]; then install_packages $packages; fi
environment
.venv/bin/python tools/build_assets.py
if [ "$wanted" = test ] && is_ubuntu && ! command -v chromium >/dev/null; then
    .venv/bin/playwright install --with-deps chromium </dev/null >/dev/null
fi
