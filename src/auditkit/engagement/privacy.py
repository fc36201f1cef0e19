"""The privacy key and what it opens, and what must go when the time of keeping is over."""

import os
from datetime import date
from pathlib import Path

from auditkit.base.errors import UsageFault
from auditkit.engagement.layout import Layout, engagement_above
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.retention import Due, Purge, delete_what_is_due, what_is_due
from auditkit.evidence.persons_vault import Key, load_persons, new_key_text, read_key_text

KEY_VARIABLE = "AUDITKIT_PRIVACY_KEY"


def make_key(target: Path) -> None:
    """Write a new random key, readable by its owner alone; UsageFault when it exists or would lie in an engagement."""
    inside = engagement_above(target.parent)
    if inside is not None:
        raise UsageFault(
            f"{target}: that is inside the engagement folder {inside.name}, and whoever gets the folder would get the "
            "key with it. Name a place outside."
        )
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise UsageFault(f"{target}: it exists already and was not touched. Name another file.") from error
    except OSError as error:
        raise UsageFault(f"{target}: it cannot be written ({error.strerror}). Name another place.") from error
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(f"{new_key_text()}\n")


def read_key(file: Path | None) -> Key:
    """Read the key from a file, else from the environment; UsageFault says what is wrong with it."""
    if file is None:
        text = os.environ.get(KEY_VARIABLE, "")
        if not text:
            raise UsageFault(
                f"A privacy key is needed: name its file with --key, or put its text into {KEY_VARIABLE}. "
                "Make one with: auditkit privacy key FILE"
            )
        return read_key_text(text, KEY_VARIABLE)
    inside = engagement_above(file.parent)
    if inside is not None:
        raise UsageFault(
            f"{file}: the key lies inside the engagement folder {inside.name}. Move it out, or whoever gets the folder "
            "can read every name."
        )
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageFault(f"{file}: the key cannot be read ({type(error).__name__}).") from error
    return read_key_text(text, str(file))


def names_behind(layout: Layout, pseudonyms: tuple[str, ...], key: Key) -> dict[str, list[str]]:
    """Return how the person behind each pseudonym is written; UsageFault for one that is not in the table."""
    if not layout.persons.exists():
        raise UsageFault("No file was imported with pseudonyms here, so there is nothing to reveal.")
    written = load_persons(layout.persons, key)
    strangers = [one for one in pseudonyms if one not in written]
    if strangers:
        raise UsageFault(f"{', '.join(strangers)} is no pseudonym of this engagement.")
    return {one: written[one] for one in pseudonyms}


def due_on(opened: OpenEngagement, on: date | None) -> Due:
    """Return what retention asks for on a day; without one, on the day the engagement speaks of."""
    return what_is_due(
        opened.layout, opened.register, opened.engagement.retention, on or opened.engagement.as_of
    )


def purge(opened: OpenEngagement, on: date, by: str, *, yes: bool) -> Purge:
    """Delete what is due; UsageFault for an unknown person, too early a day, or without a plain yes."""
    due = due_on(opened, on)
    people = {one.id for one in opened.engagement.people}
    if by not in people:
        raise UsageFault(
            f"{by} is not among the people of engagement.yaml; there are {', '.join(sorted(people))}."
        )
    if not yes:
        raise UsageFault(
            f"This would delete {len(due.goes)} files for good. Look at them with: auditkit privacy due --on {on}; "
            "then say --yes. Nothing was deleted."
        )
    return delete_what_is_due(opened.layout, due, by)
