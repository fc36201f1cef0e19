"""What commands share: the engagement option, JSON output, progress on a terminal, colour."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from auditkit.base.language import ENGLISH, languages, speaking

if TYPE_CHECKING:
    from auditkit.engagement.open import OpenEngagement

Command = TypeVar("Command", bound=Callable[..., Any])


def engagement_option(command: Command) -> Command:
    """Add ``--engagement DIR``; without it the folder is found from where the command runs."""
    return click.option(
        "--engagement",
        "-e",
        "folder",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path(),
        help="Engagement folder (default: this one or the nearest above).",
    )(command)


def json_option(command: Command) -> Command:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")(command)


def language_option(command: Command) -> Command:
    """Add ``--lang``: the language of what is written."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(languages()),
        help=f"Language of what is written: {', '.join(languages())} (default: as engagement.yaml says).",
    )(command)


def open_speaking(folder: Path, language: str | None) -> "OpenEngagement":
    """Open the engagement a command works on, and speak a language until the command ends."""
    from auditkit.engagement.layout import find_engagement
    from auditkit.engagement.open import language_of, open_engagement

    layout = find_engagement(folder)
    chosen = language_of(layout, language)
    click.get_current_context().with_resource(speaking(chosen))
    return open_engagement(layout, language=chosen)


def speak_here(language: str | None) -> None:
    """Speak a language until the command ends; None: that of the engagement the command runs in, if any."""
    from auditkit.engagement.layout import Layout, engagement_above
    from auditkit.engagement.open import language_of

    above = engagement_above(Path())
    chosen = language or (language_of(Layout(above), None) if above else ENGLISH)
    click.get_current_context().with_resource(speaking(chosen))


def open_folder(folder: Path) -> "OpenEngagement":
    """Open the engagement a command works on."""
    from auditkit.engagement.layout import find_engagement
    from auditkit.engagement.open import open_engagement

    return open_engagement(find_engagement(folder))


def print_json(value: Any) -> None:
    """Print a value as indented JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def use_colour() -> bool:
    """Tell whether standard output is a terminal that wants colour (NO_COLOR is honoured)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def progress_printer(quiet: bool) -> Callable[[int, int, str], None] | None:
    """Return a progress callback that draws one line on standard error, only on a terminal."""
    if quiet or not sys.stderr.isatty():
        return None

    def show(done: int, total: int, what: str) -> None:
        click.echo(f"\r\x1b[2K{done}/{total} {what[:60]}", err=True, nl=done >= total)

    return show
