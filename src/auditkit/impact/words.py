"""How impact is worded (pure): hours, limits and who asks for them."""

from decimal import Decimal

from auditkit.base.language import say, written
from auditkit.impact.needs import Deadline


def hours(value: Decimal | None) -> str:
    """Return ``4 h``, ``1.5 h`` or ``not known``."""
    return say("not known") if value is None else say("{number} h", number=written(plain(value)))


def percent(value: Decimal | None) -> str:
    """Return ``99.5 %`` or ``not known``."""
    return say("not known") if value is None else say("{number} %", number=written(plain(value)))


def plain(value: Decimal) -> str:
    """Return a number without needless zeros and without an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def limit(deadline: Deadline) -> str:
    """Return a deadline: ``4 h``, ``4 h or less`` where something not known may ask for less, ``not known``."""
    told = hours(deadline.hours)
    return told if deadline.sure or deadline.hours is None else say("{limit} or less", limit=told)


def asked_by(deadline: Deadline) -> str:
    """Say whose deadline it is and by which way, as the end of a sentence; empty when nothing asks."""
    if not deadline.asker:
        return ""
    if len(deadline.path) <= 1:
        return say(" by the figures of {element} itself", element=deadline.asker)
    return say(" by {path}", path=" -> ".join(deadline.path))
