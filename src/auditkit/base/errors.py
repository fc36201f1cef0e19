"""Failures that end a command, each with its exit code.

Bad input is data (InputIssue); these are for what leaves nothing to work with.
"""


class AuditkitError(Exception):
    """A failure with a message for the user: where, what is wrong, what to do."""

    exit_code = 4


class UsageFault(AuditkitError):
    """The command was used in a way that cannot work: exit 2."""

    exit_code = 2


class InputsUnreadable(AuditkitError):
    """Engagement, catalog or workpapers cannot be read: exit 3."""

    exit_code = 3


class EnvironmentFault(AuditkitError):
    """The machine lacks something, such as a system library: exit 4."""

    exit_code = 4
