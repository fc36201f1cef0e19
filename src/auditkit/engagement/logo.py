"""The logo that engagement.yaml names, or what is wrong with it."""

from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.engagement.layout import Layout
from auditkit.reporting.logo import LogoFault, read_logo


def load_logo(layout: Layout, named: str | None) -> tuple[str, tuple[InputIssue, ...]]:
    """Return the logo as an address that holds it whole, empty without one, and the issue when it cannot be used."""
    if named is None:
        return "", ()
    path = (layout.root / named).resolve()
    if not path.is_relative_to(layout.root.resolve()):
        return "", (_issue(named, "it lies outside the engagement folder"),)
    try:
        return read_logo(path), ()
    except LogoFault as fault:
        return "", (_issue(named, str(fault)),)


def _issue(named: str, why: str) -> InputIssue:
    return InputIssue(
        code="logo-unusable",
        severity="warning",
        place=Place(file="engagement.yaml"),
        message=f"The logo {named} is left out: {why}.",
        hint="Name a PNG or JPEG below the engagement folder, at most 2 MB and 6,000 pixels a side.",
    )
