"""How the workbook calls its sheets, columns and values in the language spoken; what is kept and read goes by the English."""

from collections.abc import Mapping

from auditkit.base.language import message, say_as, translated
from auditkit.reporting.words import spaced
from auditkit.reporting.workbook.columns import COLUMNS, EXCEPTIONS
from auditkit.reporting.workbook.model import KEY, TOTALS, Column

VALUES = (
    message("conforms"), message("nonconforming"), message("not assessed"), message("not applicable"),
    message("confirmed"), message("candidate"),
    message("major"), message("minor"), message("observation"), message("opportunity"), message("good practice"),
    message("raised"), message("answered"), message("plan accepted"), message("implemented"),
    message("verified effective"), message("closed"), message("reopened"), message("rejected"),
    message("proposed"), message("agreed"), message("started"), message("done"), message("cancelled"),
    message("met"), message("not met"), message("no evidence"), message("not testable"), message("error"),
    message("hard"), message("rate"), message("currency"), message("indicator"), message("meta"),
    message("current"), message("draft"), message("superseded"),
)  # fmt: skip
"""Values of the models as the workbook words them."""


def value_text(value: str) -> str:
    """Word a value of the models; one that is none of `VALUES` stays as it is."""
    said = spaced(value)
    return translated(said) if said in VALUES else said


def answer_text(answer: bool) -> str:
    """Word a value that is true or false."""
    return say_as("answer", "yes") if answer else say_as("answer", "no")


def sheet_text(page: str) -> str:
    """Return the name of a sheet."""
    return _name(page)


def header_text(column: Column) -> str:
    """Return the header of a column."""
    return _name(column.header)


def _name(text: str) -> str:
    """Word a name; rows that break a test are called otherwise than what an agreement leaves out."""
    return say_as("record tests", "Exceptions") if text == EXCEPTIONS else translated(text)


def choice_text(choice: str) -> str:
    """Return what a list offers for a choice."""
    return choices_said()[choice]


def choices_said() -> dict[str, str]:
    """Return what lists offer, by what a judgement keeps."""
    return {
        "conforms": say_as("choice", "conforms"),
        "nonconforming": say_as("choice", "nonconforming"),
        "not_applicable": say_as("choice", "not_applicable"),
        "evidence": say_as("choice", "evidence"),
        "no_occurrence": say_as("choice", "no_occurrence"),
    }


def pages_by_sheet() -> dict[str, str]:
    """Return the pages that are read, by the names of their sheets."""
    return {sheet_text(page): page for page in (*COLUMNS, TOTALS)}


def headers_by_text(page: str) -> Mapping[str, str]:
    """Return the headers of a page as columns keep them, by what stands in its first row."""
    return {KEY: KEY, **{header_text(one): one.header for one in COLUMNS[page]}}
