#!/bin/sh
# Makes the environment: a virtual environment with the locked dependencies, and the system libraries that
# PDF reports need. Says what it does; asks for sudo only where it must; without the libraries every format
# but PDF still works.
set -eu

venv=$1
python=${PYTHON:-python3}
libraries="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

say() { printf '%s\n' "$*" >&2; }

root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo "$@"; else return 1; fi
}

supported() {
    "$1" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 13)))' 2>/dev/null
}

if ! supported "$python"; then
    for candidate in python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 && supported "$candidate"; then python=$candidate; break; fi
    done
fi
supported "$python" || { say "Python 3.11, 3.12 or 3.13 is needed. On Debian: apt-get install python3 python3-venv"; exit 1; }

if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    say "Making the environment in $venv with $("$python" --version)"
    if ! "$python" -m venv "$venv" 2>/dev/null; then
        say "The venv module is missing; installing python3-venv"
        root apt-get update -qq && root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv || {
            say "Install it yourself: apt-get install python3-venv"; exit 1; }
        rm -rf "$venv"
        "$python" -m venv "$venv"
    fi
fi

say "Installing the locked dependencies"
"$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
"$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .

if ! "$venv/bin/python" -c 'import weasyprint' >/dev/null 2>&1; then
    say "PDF reports need system libraries: $libraries"
    if command -v apt-get >/dev/null 2>&1; then
        root apt-get update -qq >&2 || true
        # shellcheck disable=SC2086
        root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $libraries >&2 || true
    fi
    "$venv/bin/python" -c 'import weasyprint' >/dev/null 2>&1 ||
        say "They could not be installed here. PDF reports are left out; everything else works. Install: apt-get install $libraries"
fi
