"""Words for the status of a document and for the answer to a request, inside sentences."""

from auditkit.base.language import say_as
from auditkit.evidence.model import EvidenceStatus, RequestAnswer


def status_word(status: EvidenceStatus) -> str:
    """Return the status of a document in the language spoken."""
    return {
        "current": say_as("document", "current"),
        "superseded": say_as("document", "superseded"),
        "draft": say_as("document", "draft"),
    }[status]


def answer_word(answer: RequestAnswer) -> str:
    """Return the answer to a request in the language spoken."""
    return {
        "open": say_as("request", "open"),
        "received": say_as("request", "received"),
        "refused": say_as("request", "refused"),
        "does_not_exist": say_as("request", "does not exist"),
    }[answer]
