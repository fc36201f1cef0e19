"""What follows where a target was not reached: an item of the plan with a stable id (pure)."""

from collections.abc import Iterable

from auditkit.base.language import say, written
from auditkit.improvement.derive import not_complying
from auditkit.improvement.model import ActionFile, Baseline, PlanItem
from auditkit.improvement.proof import last_day
from auditkit.improvement.proof_model import After, Proof


def follow_up(
    plan: tuple[PlanItem, ...], proofs: Iterable[Proof], actions: Iterable[ActionFile]
) -> tuple[PlanItem, ...]:
    """Add an item ``F-`` + the action's id for each target that records show not to be reached.

    It comes after what findings ask for and goes when the target is reached; a run in which nothing changed gives
    the same items.
    """
    known = {one.id: one for one in actions}
    asked = [
        (one, known[one.action]) for one in proofs if one.asks_for_more and one.after and one.action in known
    ]
    answered = {finding: item for item in plan for finding in item.findings}
    items = [
        _item(proof, action, answered.get(action.finding), number)
        for number, (proof, action) in enumerate(asked, start=len(plan) + 1)
    ]
    return (*plan, *items)


def _item(proof: Proof, action: ActionFile, answered: PlanItem | None, priority: int) -> PlanItem:
    assert proof.after is not None  # noqa: S101 - the caller looked
    return PlanItem(
        id=f"F-{proof.action}",
        title=say(
            "Reach the target of {action}, {outcome}: {title}",
            action=proof.action,
            outcome=_outcome(proof),
            title=action.title,
        ),
        findings=(action.finding,),
        points=answered.points if answered else (),
        processes=answered.processes if answered else (),
        route=action.route or (answered.route if answered else "process_owner"),
        route_reason=say("It follows upon an action that did not reach its target."),
        phase="act",
        blocks_certification=answered.blocks_certification if answered else False,
        baseline=Baseline(
            measure=proof.measure, value=_value(proof.after), at=last_day(proof.after.months[-1])
        ),
        target=action.target or _at_most(proof.target_share),
        owner=action.owner,
        due=None,
        effort_days=None,
        needs_record_months=answered.needs_record_months if answered else 0,
        status="proposed",
        priority=priority,
    )


def _outcome(proof: Proof) -> str:
    if proof.verdict == "improved":
        return say("improved, but not far enough")
    return say("worse than before") if proof.verdict == "worse" else say("not improved")


def _at_most(share: float) -> str:
    return say("at most {share} % exceptions", share=written(f"{share * 100:g}"))


def _value(after: After) -> str:
    text = not_complying(after.exceptions, after.examined)
    return say("{extent}, {n} unknown", extent=text, n=after.unknown) if after.unknown else text
