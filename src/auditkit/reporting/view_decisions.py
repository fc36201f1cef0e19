"""What management is asked to decide; cause and remedy stay with the auditee."""

from auditkit.base.language import say, say_count
from auditkit.findings.gates import ACCEPTED_STATES
from auditkit.reporting.numbers import listing, whole
from auditkit.reporting.view_index import Index, is_open


def build_decisions(index: Index) -> tuple[str, ...]:
    """Word what management is asked to decide; cause and remedy stay with the auditee."""
    nonconformities = [one for one in index.confirmed if one.grade in ("major", "minor") and is_open(one)]
    unanswered = [one for one in nonconformities if one.state not in ACCEPTED_STATES]
    planned = [item for item in index.run.plan if not index.rests_on_candidates(item.findings)]
    ownerless = [item for item in planned if not item.owner and item.status != "cancelled"]
    projects = [item for item in planned if item.route == "project" and item.status == "proposed"]
    missing = [one for one in index.run.requests if one.answer in ("open", "refused")]
    asked = []
    if unanswered:
        asked.append(
            say(
                "Answer with correction, cause and corrective action, and have the plan accepted: {findings}.",
                findings=listing(one.id for one in unanswered),
            )
        )
    if ownerless and index.shows("plan"):
        asked.append(_ownerless([item.id for item in ownerless]))
    if projects and index.shows("plan"):
        asked.append(_to_decide([item.id for item in projects]))
    if missing:
        asked.append(
            say(
                "Have the evidence delivered that was asked for in {requests}.",
                requests=listing(one.id for one in missing),
            )
        )
    return (*asked, *_access(index)) or (say("No decision is asked for."),)


def _access(index: Index) -> tuple[str, ...]:
    """Word what the auditors need in order to finish."""
    asked = []
    unassessed = sum(one.value == "not_assessed" for one in index.verdicts.values())
    if unassessed:
        asked.append(
            say_count(
                "Make evidence and people available for {number} point not assessed ({place}).",
                "Make evidence and people available for {number} points not assessed ({place}).",
                unassessed,
                number=whole(unassessed),
                place=index.place("open"),
            )
        )
    waiting = len(index.candidates)
    if waiting:
        asked.append(
            say_count(
                "Give the auditors access to confirm or reject {number} candidate finding; until then it stays unproven.",
                "Give the auditors access to confirm or reject {number} candidate findings; until then each stays "
                "unproven.",
                waiting,
                number=whole(waiting),
            )
        )
    return tuple(asked)


def _ownerless(items: list[str]) -> str:
    return say_count(
        "Name an owner for {number} plan item ({items}).",
        "Name an owner for {number} plan items ({items}).",
        len(items),
        number=whole(len(items)),
        items=_first(items),
    )


def _to_decide(items: list[str]) -> str:
    return say_count(
        "Decide on {number} improvement ({items}) that cross processes and need a project.",
        "Decide on {number} improvements ({items}) that cross processes and need a project.",
        len(items),
        number=whole(len(items)),
        items=_first(items),
    )


def _first(identifiers: list[str]) -> str:
    """Name the first six, and how many more there are."""
    shown = identifiers[:6]
    rest = len(identifiers) - len(shown)
    if not rest:
        return listing(shown)
    return say("{names} and {number} more", names=", ".join(shown), number=whole(rest))
