"""Load the rules of planning, and say what of an engagement's settings they cannot be used with."""

from pathlib import Path

from auditkit.base.issue import InputIssue
from auditkit.base.yamltext import load_model
from auditkit.improvement.planning_model import PlanningRules

Issues = tuple[InputIssue, ...]


def load_rules(path: Path, file: str) -> tuple[PlanningRules | None, Issues]:
    """Load one file of planning rules."""
    loaded = load_model(path, file, PlanningRules)
    return loaded.model, loaded.issues
