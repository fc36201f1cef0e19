"""Where the command starts: the help page and the version cost no import; everything else goes to click."""

import sys


def main() -> None:
    """Print the help page at once when that is all that was asked for, else run the command line."""
    if sys.argv[1:] in ([], ["--help"], ["-h"]):
        with open(__file__.replace("entry.py", "help.txt"), encoding="utf-8") as page:  # noqa: PTH123 - pathlib costs more than the page
            sys.stdout.write(page.read())
        return
    from auditkit.cli.main import main as run

    run()
