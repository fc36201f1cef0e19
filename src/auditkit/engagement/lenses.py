"""Fill the lenses whose groups are the engagement's own: its services and its sites."""

from auditkit.assessment.model import Assessment
from auditkit.base.errors import UsageFault
from auditkit.base.language import say_count
from auditkit.catalog.lens import Lens, LensGroup
from auditkit.engagement.examine import Examined
from auditkit.engagement.open import OpenEngagement


def fill_lens(lens: Lens, opened: OpenEngagement, examined: Examined, assessment: Assessment) -> Lens:
    """Return the lens with its groups: as written, or the services or sites that evidence speaks of.

    A point belongs to a service (or site) when evidence that bears on it, by type, dataset, link or judgement,
    is registered as speaking of that service (or site).
    """
    if lens.by == "clause":
        return lens
    engagement, items = opened.engagement, opened.register.items
    names = engagement.services if lens.by == "service" else engagement.sites
    groups = []
    for number, name in enumerate(names, start=1):
        speaking = {
            item.id for item in items if name in (item.services if lens.by == "service" else item.sites)
        }
        points = tuple(
            one.point
            for one in assessment.points
            if speaking & examined.evidence_of.get(one.point, {}).keys()
        )
        about = say_count(
            "{n} registered evidence item speaks of it.",
            "{n} registered evidence items speak of it.",
            len(speaking),
            n=len(speaking),
        )
        groups.append(LensGroup(id=f"{lens.by}-{number}", title=name, about=about, points=points))
    return lens.model_copy(update={"groups": tuple(groups)})


def grouped_by(opened: OpenEngagement, lens: str) -> OpenEngagement:
    """Return the engagement with its reports grouped by a lens; UsageFault for one that is not there."""
    known = sorted(one.id for one in opened.library.lenses)
    if lens not in known:
        raise UsageFault(f"{lens}: there is no such lens. Known: {', '.join(known)}.")
    return opened._replace(engagement=opened.engagement.model_copy(update={"group_by": lens}))
