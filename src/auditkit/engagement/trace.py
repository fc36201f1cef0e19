"""What a run was made from, as digests: equal traces give equal reports."""

from typing import Any

from auditkit import __version__
from auditkit.assessment.engagement import Engagement
from auditkit.base.digest import digest_value
from auditkit.base.language import ENGLISH
from auditkit.engagement.examine import Examined
from auditkit.engagement.open import OpenEngagement
from auditkit.improvement.earlier import EarlierRun
from auditkit.reporting.model import Trace


def trace(opened: OpenEngagement, examined: Examined, earlier: tuple[EarlierRun, ...] = ()) -> Trace:
    """Digest everything the run was made from; nothing of when or where it ran."""
    catalog = digest_value(
        [
            opened.library.whole.model_dump(mode="json"),
            [item.model_dump(mode="json") for item in opened.library.guidance],
            {point: one.model_dump(mode="json") for point, one in opened.overlay.items()},
        ]
    )
    tests = digest_value([test.model_dump(mode="json") for test in opened.library.tests])
    evidence = digest_value({file: document.sha256 for file, document in examined.documents.items()})
    workpapers = _workpapers(opened, earlier)
    planning = [one.model_dump(mode="json") for one in (opened.planning.scheme, opened.planning.rules)]
    conduct = opened.conduct_in_english or opened.conduct
    rules = digest_value([opened.library.grading.model_dump(mode="json"), conduct.model_dump(mode="json")])
    whole = digest_value([__version__, catalog, tests, rules, evidence, workpapers, planning])
    return Trace(
        tool_version=__version__,
        catalog_digest=catalog,
        tests_digest=tests,
        rules_digest=rules,
        evidence_digest=evidence,
        workpapers_digest=workpapers,
        run_id=whole[:12],
    )


def _workpapers(opened: OpenEngagement, earlier: tuple[EarlierRun, ...]) -> str:
    """Digest what people wrote, and the earlier engagements in figures."""
    return digest_value(
        [
            _stated(opened.engagement),
            opened.register.model_dump(mode="json"),
            [one.model_dump(mode="json") for one in opened.requests],
            [one.model_dump(mode="json") for one in opened.workpapers.judgements],
            [one.model_dump(mode="json") for one in opened.workpapers.interviews],
            [one.model_dump(mode="json") for one in opened.workpapers.guidance],
            [one.model_dump(mode="json") for one in opened.previous],
            [one.model_dump(mode="json") for one in opened.raised.files],
            [one.model_dump(mode="json") for one in opened.actions],
            [one.model_dump(mode="json") for one in opened.samples],
            [one.model_dump(mode="json") for one in opened.workpapers.capability],
            [one.model_dump(mode="json") for one in opened.workpapers.reviews],
            [
                one.model_dump(mode="json") if one else None
                for one in (opened.programme.programme, opened.programme.rules, opened.audit_plan.plan)
            ],
            [one.model_dump(mode="json") for one in earlier],
            *([sorted(opened.distrusted.items())] if opened.distrusted else []),
            *(
                [opened.impact.file and opened.impact.file.model_dump(mode="json")]
                if opened.impact.given
                else []
            ),
        ]
    )


def _stated(engagement: Engagement) -> dict[str, Any]:
    """Return engagement.yaml without the language of reports, which changes words and no figure."""
    stated = engagement.model_dump(mode="json", exclude={"language"})
    return {**stated, "catalog_language": engagement.catalog_language or ENGLISH}
