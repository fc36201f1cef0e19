"""Where something stands: a file, and the line, page, sheet, row, cell or heading in it."""

from pydantic import BaseModel, ConfigDict

from auditkit.base.language import ENGLISH, say, speaking


class Place(BaseModel):
    """A place in a file. Only what is known is set; ``file`` is relative to the engagement folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    line: int | None = None
    """1-based line of a text file."""
    column: int | None = None
    """1-based column of a text file."""
    page: int | None = None
    """1-based page of a PDF, or slide of a presentation."""
    sheet: str | None = None
    row: int | None = None
    """1-based row as a spreadsheet shows it, the header counted."""
    heading: str | None = None
    """The heading a paragraph stands under, for formats without pages."""
    paragraph: int | None = None
    """1-based paragraph of the document."""

    @property
    def told(self) -> str:
        """Return it in the language spoken: ``file:line`` for text, otherwise ``file, page 3`` and the like."""
        if self.line is not None:
            column = f":{self.column}" if self.column is not None else ""
            return f"{self.file}:{self.line}{column}"
        parts = [self.file]
        if self.page is not None:
            parts.append(say("page {number}", number=self.page))
        if self.sheet is not None:
            parts.append(say("sheet {name}", name=self.sheet))
        if self.row is not None:
            parts.append(say("row {number}", number=self.row))
        if self.heading is not None:
            parts.append(say("section {number}", number=self.heading))
        if self.paragraph is not None:
            parts.append(say("paragraph {number}", number=self.paragraph))
        return ", ".join(parts)

    def __str__(self) -> str:
        """Return it in English, as input issues have it."""
        with speaking(ENGLISH):
            return self.told
