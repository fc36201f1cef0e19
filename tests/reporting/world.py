"""A sample run whose people and organisation are written in the scripts of the world."""

from sample_engagement import engagement
from sample_run import sample_run

from auditkit.assessment.engagement import Person
from auditkit.reporting.model import Run

NAMES = {
    "Chinese": "北京云服务有限公司",
    "Japanese": "株式会社ひかりデータ",
    "Korean": "한국정보서비스",
    "Russian": "Служба поддержки Щукина",
    "Greek": "Υπηρεσίες Πληροφορικής Αθήνας",
    "Arabic": "شركة الخليج لتقنية المعلومات",
    "Hebrew": "שירותי ענן ירושלים",
}
LONG = "Informationssicherheitsmanagementsystembeauftragter"


def world_run() -> Run:
    """Return a run with one auditee a script, who are met in one visit."""
    plain = engagement(False)
    people = tuple(
        Person(id=f"P-3{number:02}", name=name, role=f"{LONG} ({script})", side="auditee")
        for number, (script, name) in enumerate(NAMES.items())
    )
    visit = plain.visits[0].model_copy(update={"auditees": tuple(one.id for one in people)})
    organisation = plain.organisation.model_copy(
        update={
            "name": f"{NAMES['Arabic']} (Dubai), Ltd.",
            "unit": NAMES["Chinese"],
            "client": NAMES["Hebrew"],
        }
    )
    return sample_run(
        engagement=plain.model_copy(
            update={
                "people": (*plain.people, *people),
                "visits": (visit, *plain.visits[1:]),
                "organisation": organisation,
                "title": f"Audit at {NAMES['Korean']}, {NAMES['Arabic']} (2026)",
            }
        )
    )
