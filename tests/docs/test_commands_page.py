"""docs/commands.md is true: it names every command and option, and its examples print what it says."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from auditkit.cli.main import cli
from in_process import call

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
GROUP_PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def walk(command: click.Command, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], click.Command]:
    """Return every command that does something, by its words after ``auditkit``."""
    if not isinstance(command, click.Group):
        return {path: command}
    context = click.Context(command)
    found: dict[tuple[str, ...], click.Command] = {}
    for name in command.list_commands(context):
        child = command.get_command(context, name)
        assert child is not None
        found |= walk(child, (*path, name))
    return found


COMMANDS = walk(cli)


def section(words: tuple[str, ...]) -> str:
    """Return the part of the page about one command."""
    found = re.search(rf"^## auditkit {' '.join(words)}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/commands.md has no heading '## auditkit {' '.join(words)}'"
    return found[1]


def options(command: click.Command) -> set[str]:
    """Return every spelling of every option of a command."""
    return {
        name
        for one in command.params
        if isinstance(one, click.Option)
        for name in (*one.opts, *one.secondary_opts)
    }


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_option_is_on_the_page_and_every_option_on_the_page_exists(words: tuple[str, ...]) -> None:
    rows = re.findall(r"^\| (`-.*?) \|", section(words), re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(-[^`]+)`", row)} == options(COMMANDS[words])


def test_options_before_the_command_are_on_the_page() -> None:
    shared = re.search(r"^## Options of every command\n(.*?)^## ", PAGE, re.MULTILINE | re.DOTALL)
    assert shared
    assert options(cli) <= set(re.findall(r"`(-[^`]+)`", shared[1]))


def test_arguments_are_named_as_the_help_names_them() -> None:
    for words, command in COMMANDS.items():
        for one in command.params:
            if isinstance(one, click.Argument):
                assert one.make_metavar(click.Context(command)).strip("[].") in section(words), words


def test_the_table_lists_exactly_the_commands() -> None:
    listed = re.findall(r"^\| \[`auditkit ([a-z ]+)`\]\(#auditkit-([a-z-]+)\)", PAGE, re.MULTILINE)
    assert {tuple(words.split()) for words, _ in listed} == set(COMMANDS)
    assert all(words.replace(" ", "-") == anchor for words, anchor in listed)


@pytest.mark.parametrize("page", GROUP_PAGES, ids=lambda page: page.name)
def test_every_command_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"(?:`|^|\$ |&& )auditkit((?: -[-a-z]+)*)((?: [a-z]+)+)", text, re.MULTILINE)
    for _, words in named:
        first = words.split()
        if first[0] in ("and", "is", "has", "or"):
            continue
        assert any(tuple(first[: len(known)]) == known for known in COMMANDS) or (
            len(first) == 1 and any(known[0] == first[0] for known in COMMANDS)
        ), f"{page.name}: auditkit{words}"


@pytest.mark.parametrize("code", range(5))
def test_exit_codes_are_on_the_page(code: int) -> None:
    assert re.search(rf"^\| {code} \| .{{10,}} \|$", PAGE, re.MULTILINE)


def examples() -> list[tuple[str, list[str]]]:
    """Return every command line of the page, here-documents joined, with the lines it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.startswith(">") and "<<END" in found[-1][0]:
                found[-1] = (f"{found[-1][0]}\n{line[2:]}", [])
            else:
                found[-1][1].append(line)
    return found


def prints(said: list[str], printed: list[str]) -> str | None:
    """Return the first line that is said and not printed; ``...`` skips lines, ``…`` matches any text."""
    at, skipping = 0, False
    for line in said:
        if line == "...":
            skipping = True
            continue
        pattern = re.compile(".*".join(re.escape(part) for part in line.rstrip().split("…")))
        while at < len(printed) and skipping and not pattern.fullmatch(printed[at].rstrip()):
            at += 1
        if at >= len(printed) or not pattern.fullmatch(printed[at].rstrip()):
            return line
        at, skipping = at + 1, False
    return None if skipping or at == len(printed) else f"(nothing more, but it prints: {printed[at]})"


def test_the_comparison_can_fail() -> None:
    assert prints(["a", "...", "c…"], ["a", "b", "cd"]) is None
    assert prints(["a"], ["a", "b"]) is not None
    assert prints(["a", "c"], ["a", "b", "c"]) == "c"


def answer(command: str, folder: Path) -> str:
    """Return what a command line prints in a folder, both streams as one; only one that needs a shell gets one."""
    plain = re.fullmatch(r"auditkit ([^|<>&$`*\n]*?)( ; echo \$\?)?", command)
    if plain:
        done = call(*shlex.split(plain[1]), at=folder, merged=True)
        return f"{done.stdout}{done.returncode}\n" if plain[2] else done.stdout
    environment = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR")}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    words = ["sh", "-c", f"({command}) 2>&1" if "\n" not in command else command]
    run = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return run.stdout


@pytest.mark.slow
def test_the_examples_print_what_the_page_says(tmp_path: Path) -> None:
    folder = tmp_path
    for command, said in examples():
        if command.startswith("cd "):
            folder = folder / command[3:]
            continue
        printed = answer(command, folder)
        missing = prints(said, printed.splitlines())
        assert missing is None, f"$ {command}\nsaid but not printed: {missing}\n\n{printed}"
