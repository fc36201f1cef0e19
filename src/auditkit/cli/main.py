"""The command line: parse, call, print. Commands load when they are called, so ``--help`` stays quick."""

import importlib
import os
import sys

import click

from auditkit import __version__
from auditkit.base.errors import AuditkitError

COMMANDS = {
    "init": ("auditkit.cli.init:init", "Make a new engagement folder, ready to run."),
    "run": ("auditkit.cli.run:run", "Examine, conclude, derive findings and plan, and write the reports."),
    "explain": (
        "auditkit.cli.explain:explain",
        "Trace a requirement or point from its evidence to the plan.",
    ),
    "evidence": ("auditkit.cli.evidence:evidence", "Import, register, accept, verify and request evidence."),
    "compare": ("auditkit.cli.compare:compare", "Compare engagements: what is new, fixed, worse."),
    "interview": (
        "auditkit.cli.interview:interview",
        "Prepare interviews, print their sheets, see what is open.",
    ),
    "observe": ("auditkit.cli.interview:observe", "Record what was seen on site."),
    "judge": ("auditkit.cli.judge:judge", "Judge points, one by one or by a form."),
    "judgements": (
        "auditkit.cli.judgements:judgements",
        "Bind judgements to what they rest on, and list them.",
    ),
    "review": ("auditkit.cli.signoff:review", "Record that a second person reviewed judgements."),
    "signoff": ("auditkit.cli.signoff:signoff", "Release the engagement, by the lead auditor."),
    "verify": ("auditkit.cli.signoff:verify", "Tell what changed since the sign-off."),
    "finding": (
        "auditkit.cli.finding:finding",
        "Raise findings, and take them from the answer to the close.",
    ),
    "actions": (
        "auditkit.cli.actions:actions",
        "Hand actions out to workbooks and trackers, and take them back.",
    ),
    "sample": (
        "auditkit.cli.sample:sample",
        "Draw samples of records and take back what was found in them.",
    ),
    "readiness": (
        "auditkit.cli.readiness:readiness",
        "Say from which day gates can open, and what is missing.",
    ),
    "plan": (
        "auditkit.cli.plan:plan",
        "Show the improvement plan, what opens the gates, and when.",
    ),
    "programme": (
        "auditkit.cli.programme:programme",
        "Show the audit programme, its coverage and the audit plan.",
    ),
    "impact": (
        "auditkit.cli.impact:impact",
        "Show what the business leans on, and what fails with it.",
    ),
    "report": (
        "auditkit.cli.report:report",
        "Write documents, and the formats of other tools.",
    ),
    "workbook": (
        "auditkit.cli.workbook:workbook",
        "Write everything as a workbook, and take back what was judged in it.",
    ),
    "office": ("auditkit.cli.office:office", "Write the report for Word, and a summary as PDF or slides."),
    "pack": ("auditkit.cli.pack:pack", "Build the evidence pack, by clause."),
    "privacy": (
        "auditkit.cli.privacy:privacy",
        "Keys and names behind pseudonyms; what to delete, and when.",
    ),
    "catalog": ("auditkit.cli.catalog:catalog", "Show, search and lint the catalog and its record tests."),
}
EXAMPLES = """\b
Examples:
  auditkit init my-audit --kind internal-audit
  auditkit run
  auditkit explain 8.5.1.3-1

\b
Exit codes: 0 it worked; 1 with --gate, the gate is closed; 2 wrong usage;
3 engagement, catalog or workpapers cannot be read; 4 a fault of auditkit."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the command names in the order of a user's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command, or return None for a name that is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        return getattr(importlib.import_module(module), attribute)  # type: ignore[no-any-return]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


@click.group(cls=LazyGroup, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="auditkit")
@click.option("--quiet", "-q", is_flag=True, help="Print only what was asked for; no progress, no hints.")
@click.option("--debug", is_flag=True, help="Show the traceback of a fault.")
@click.pass_context
def cli(ctx: click.Context, quiet: bool, debug: bool) -> None:
    """Assess a service management system against ISO/IEC 20000-1 from the evidence itself."""
    ctx.obj = {"quiet": quiet, "debug": debug}


def main() -> None:
    """Run the command line and end the process with the documented exit code."""
    debug = "--debug" in sys.argv
    try:
        code = cli.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Abort:
        _say("Interrupted. Nothing was harmed; run the command again.")
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except AuditkitError as error:
        if debug:
            raise
        _say(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if debug:
            raise
        _say(f"This is a fault of auditkit, not of your input: {type(error).__name__}: {error}")
        _say("Please report it with the output of the same command with --debug.")
        sys.exit(4)


def _say(message: str) -> None:
    click.echo(message, err=True)
