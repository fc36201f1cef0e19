"""Make the worked engagement: a fictional provider, its whole evidence folder, and an exact oracle.

Same arguments, same bytes. ``--clean`` makes the twin without any planted defect.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from worked.write import make


def main() -> int:
    """Parse the command line, write the folder and print what was written."""
    parser = argparse.ArgumentParser(description="Make the worked engagement from one seed.")
    parser.add_argument("--out", type=Path, required=True, help="engagement folder to write into")
    parser.add_argument("--year", choices=("current", "previous"), default="current")
    parser.add_argument("--clean", action="store_true", help="the twin without defects")
    parser.add_argument("--seed", type=int, default=20000)
    parser.add_argument("--oracle", type=Path, help="where to write what was planted (default for the current year with defects)")
    options = parser.parse_args()
    oracle = options.oracle
    if oracle is None and options.year == "current" and not options.clean:
        oracle = options.out / "tests" / "worked" / "planted.yaml"
    began = time.perf_counter()
    counts = make(options.out, options.year, options.clean, options.seed, oracle)
    said = ", ".join(f"{value:,} {key}" for key, value in counts.items())
    print(f"{options.out}: {said}; {time.perf_counter() - began:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
