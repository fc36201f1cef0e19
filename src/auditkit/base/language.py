"""The language of reports: every sentence they print is asked for here, and gettext catalogs know it in others.

English stands in the code and in ``checklists/``; ``locale/<language>/*.po`` holds the rest. The language is ambient, as in
every program that uses gettext: `speaking` sets it for a while, and it changes words, never a figure or a verdict.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

LOCALE = Path(__file__).parents[1] / "locale"
ENGLISH = "en"
DATA = "checklists"
"""Context of texts of ``checklists/`` that mean something else than the same words of a page."""
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]  # fmt: skip
_SPOKEN: ContextVar[str] = ContextVar("language", default=ENGLISH)


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that reports can be written in, English first."""
    return ENGLISH, *sorted(path.name for path in LOCALE.iterdir() if any(path.glob("*.po")))


def spoken() -> str:
    """Return the code of the language that is spoken now."""
    return _SPOKEN.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while; ValueError when there is no catalog of it."""
    if language not in languages():
        raise ValueError(f"{language!r} is not one of {', '.join(languages())}.")
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def say(message: str, /, **values: object) -> str:
    """Return a message in the language spoken, with values in place of its ``{names}``."""
    said = _messages().gettext(message)
    return said.format(**values) if values else said


def say_count(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the message that goes with a count; the number itself is one of the values, worded by the caller."""
    return _messages().ngettext(one, many, count).format(**values)


def say_as(context: str, message: str, /, **values: object) -> str:
    """Return a message that means something else in another context, such as ``open`` of a finding or of a request."""
    said = _messages().pgettext(context, message)
    return said.format(**values) if values else said


def message(text: str) -> str:
    """Mark a text of a table for translation; `translated` puts it in the language spoken when it is shown."""
    return text


def translated(text: str) -> str:
    """Return a text of a table or of ``checklists/`` in the language spoken; an unknown one stays as it is."""
    if not text:
        return text
    apart = _messages().pgettext(DATA, text)
    return apart if apart != text else _messages().gettext(text)


def inside(text: str) -> str:
    """Return a title of a table or of ``checklists/`` as it stands inside a sentence: small where nouns are."""
    return text.lower() if spoken() == ENGLISH else translated(text)


def whole_text(number: int) -> str:
    """Word a whole number with its thousands apart: ``12,400`` in English, ``12.400`` in German."""
    return decimal_text(Fraction(number), 0)


def decimal_text(number: Fraction, places: int) -> str:
    """Word a number with so many decimals, cut off and never rounded up, as the language does."""
    if spoken() == ENGLISH:
        sign, scaled = "-" if number < 0 else "", abs(number.numerator) * 10**places // number.denominator
        units, rest = divmod(scaled, 10**places)
        return f"{sign}{units:,}.{rest:0{places}}" if places else f"{sign}{units:,}"
    from babel.numbers import format_decimal

    cut = Decimal(abs(number.numerator) * 10**places // number.denominator).scaleb(-places)
    pattern = f"#,##0.{'0' * places}" if places else "#,##0"
    return str(format_decimal(-cut if number < 0 else cut, pattern, locale=spoken()))


def written(number: object) -> str:
    """Return a number with as many places as it was written with, and the decimal mark of the language."""
    if spoken() == ENGLISH:
        return str(number)
    from babel.numbers import get_decimal_symbol

    return str(number).replace(".", get_decimal_symbol(spoken()))


def long_day(day: date) -> str:
    """Word a day in full: ``15 October 2026``, ``15. Oktober 2026``."""
    if spoken() == ENGLISH:
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    from babel.dates import format_date

    return str(format_date(day, "long", locale=spoken()))


def short_day(day: date) -> str:
    """Word a day for a table: ``2026-10-15`` in English, ``15.10.2026`` in German."""
    if spoken() == ENGLISH:
        return str(day)
    from babel.dates import format_date

    return str(format_date(day, "medium", locale=spoken()))


def _messages() -> NullTranslations:
    return _catalog(_SPOKEN.get())


@lru_cache(maxsize=8)
def _catalog(language: str) -> NullTranslations:
    if language == ENGLISH:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import Translations

    whole = Translations()
    for path in sorted((LOCALE / language).glob("*.po")):
        compiled = BytesIO()
        with path.open("rb") as source:
            write_mo(compiled, read_po(source, locale=language))
        compiled.seek(0)
        whole.merge(Translations(compiled))
    return whole
