"""The help page that is printed without importing anything says what click would say."""

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from auditkit.cli.main import cli

PAGE = Path(__file__).resolve().parents[2] / "src/auditkit/cli/help.txt"


def test_the_page_is_what_click_would_print() -> None:
    printed = CliRunner().invoke(cli, ["--help"], prog_name="auditkit", terminal_width=80).output
    assert PAGE.read_text(encoding="utf-8") == printed


def test_the_page_needs_none_of_the_libraries() -> None:
    probe = (
        "import sys; sys.argv = ['auditkit', '--help']\n"
        "from auditkit.cli.entry import main; main()\n"
        "heavy = {'click', 'polars', 'pydantic', 'weasyprint', 'yaml', 'jinja2', 'lxml'} & sys.modules.keys()\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == PAGE.read_text(encoding="utf-8")


def test_help_of_a_command_imports_no_heavy_library() -> None:
    probe = (
        "import sys\n"
        "from auditkit.cli.main import cli\n"
        "for name in ('init', 'run', 'explain', 'evidence', 'judgements', 'catalog'):\n"
        "    try:\n"
        "        cli.main([name, '--help'], standalone_mode=False)\n"
        "    except SystemExit:\n"
        "        pass\n"
        "heavy = {'polars', 'pydantic', 'weasyprint'} & sys.modules.keys()\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
