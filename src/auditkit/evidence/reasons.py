"""Why a file was not read, or not read whole, in the language spoken.

Readers say it in English, in processes of their own, and what they say is kept with the text; so each of their sentences
stands here once more, as a message with its values apart.
"""

import re
from functools import lru_cache

from auditkit.base.language import message, translated

REASONS = (
    message("the file is empty"),
    message("archives are not opened; unpack it and register what is inside"),
    message("it is compressed; only record exports are read in this form"),
    message("it is a table; only record exports are read in this form"),
    message("it is a picture; its text cannot be read"),
    message("it is a damaged or cut-off zip archive, as docx, xlsx and pptx are; ask for a whole copy"),
    message("it is an Office file without its main part; ask for a whole copy"),
    message("it is an old Word file; ask for docx or PDF"),
    message("it is an old PowerPoint file; ask for pptx or PDF"),
    message("it is an Outlook message; ask for eml or PDF"),
    message("it is an old Office file; ask for docx, xlsx or PDF"),
    message("it is encrypted with a password; ask for a copy without"),
    message("it holds no text and is no known format"),
    message("it is a program; it is never run"),
    message("rich text is not read; ask for docx or PDF"),
    message("XML is not read as a document"),
    message("it is no format that can be read ({kind})"),
    message("it is nested too deeply"),
    message("its reader failed ({cause})"),
    message("the link leads to nothing"),
    message("its name is not UTF-8 text; rename it"),
    message("the file is not there"),
    message("the path cannot be followed ({cause})"),
    message("the link leads out of the evidence folder"),
    message("it is a folder"),
    message("it is a link to a folder, which is not followed"),
    message("it is no regular file"),
    message("reading it ended the reader (too much memory, or a damaged file)"),
    message("it changed while it was being read"),
    message("it cannot be read ({cause})"),
    message("it holds no text"),
    message("only the first {n} passages were read"),
    message("its XML is broken ({cause})"),
    message("its XML carries a document type definition, which is refused"),
    message("the archive is damaged ({cause})"),
    message("it would unpack to {size}, which is refused"),
    message("the archive is encrypted"),
    message("{name} in the archive is damaged ({cause})"),
    message("{name} is larger than the archive declares, which is refused"),
    message("its rows cannot be told apart ({cause})"),
    message("it is not JSON that can be read ({cause})"),
    message("its HTML cannot be parsed ({cause})"),
    message("the mail cannot be taken apart ({cause})"),
    message("attachments were not read: {names}"),
    message("it is called an OpenDocument file but holds no content part"),
    message("it is encrypted with a password"),
    message("the PDF is damaged ({cause})"),
    message("none of its {n} pages holds text; it seems to be a scan"),
    message("only the first {n} of {total} pages were read"),
    message("{n} of {total} pages hold no text; they seem to be scans (page {pages})"),
    message("the workbook is protected by a password"),
    message("the workbook is damaged ({cause})"),
    message("sheet {name} has more than {n} cells"),
    message("it is called a Word document but holds no text part"),
)
"""What readers say, with the values apart; `tests/evidence/test_reasons.py` finds a sentence that is missing here."""
_PART = message("its part {name} was not read, {why}")


def told_reason(why: str) -> str:
    """Return why a file was not read whole in the language spoken; a sentence that is not known stays as it is."""
    part = _pattern(_PART).fullmatch(why)
    if part is not None:
        return translated(_PART).format(name=part["name"], why=told_reason(part["why"]))
    for reason in REASONS:
        found = _pattern(reason).fullmatch(why)
        if found is not None:
            return translated(reason).format(**found.groupdict())
    return why


@lru_cache(maxsize=128)
def _pattern(reason: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", reason)
    literal = [re.escape(text) if at % 2 == 0 else f"(?P<{text}>.+?)" for at, text in enumerate(parts)]
    return re.compile("".join(literal), re.DOTALL)
