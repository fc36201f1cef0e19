#!/bin/sh
# Makes the worked engagement and the year before it anew, workpapers and reports included.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
rm -rf engagement.yaml impact.yaml evidence workpapers examples/previous
$python tools/make_nordwerk.py --out . --planted tests/worked/planted.yaml
$python tools/make_nordwerk.py --out examples/previous --year previous
$python tools/make_workpapers.py examples/previous --previous
$python tools/make_workpapers.py .
$python -m auditkit run
