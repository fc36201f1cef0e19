"""What an import can find wrong: one table of codes, and the collector that readers note them in."""

from auditkit.base.issue import InputIssue, Severity
from auditkit.base.place import Place

MOST_OF_A_CODE = 25
"""Issues of one code that are listed singly; the rest are counted in one more."""

CODES: dict[str, tuple[Severity, str]] = {
    "import-unreadable": ("error", "Check that the file is there and may be read."),
    "import-too-large": ("error", "Split the catalog, or leave out what is not needed."),
    "import-too-deep": ("error", "A tree as deep as this is a fault of the export; export it again."),
    "import-syntax": ("error", "Correct the file or export it again; nothing in it was used."),
    "import-dtd": ("error", "Remove the document type definition; catalogs need none."),
    "import-format": (
        "error",
        "Give an OSCAL catalog, a CISO Assistant library, or a sheet with the column id.",
    ),
    "import-empty": ("error", "Check that this is the right file; it holds no requirement."),
    "import-shape": ("warning", "Correct the value at its source; it was left out here."),
    "import-unknown-field": ("note", "Nothing needs to be done; the field was not used."),
    "import-metadata": ("warning", "Add it at the source, or correct the head of the imported catalog."),
    "import-oscal-version": ("note", "Look over the result; this version of OSCAL was not tried."),
    "import-encoding": ("note", "Look over letters with accents; save as UTF-8 where they are wrong."),
    "import-no-id": ("note", "Give it an id at the source if it is to be named in an audit."),
    "import-bad-id": ("warning", "Use letters, digits, dots, hyphens and underscores in ids."),
    "import-duplicate-id": ("warning", "Correct the id at its source."),
    "import-id-taken": ("warning", "Look for references to the id; here it has the new name."),
    "import-no-parent": ("warning", "Correct the parent; the entry was put at the top."),
    "import-cycle": ("warning", "Correct the parents; the ring was opened at this entry."),
    "import-no-text": ("warning", "Add the text at the source; until then the title stands in for it."),
    "import-short-text": ("note", "Nothing needs to be done; the title was put before the text."),
    "import-parameter": ("note", "Look over the text; the name of the parameter stands in for its value."),
    "import-withdrawn": ("note", "Nothing needs to be done; it is kept as a heading."),
    "import-heading-added": ("note", "Name the parent at the source if the number does not say it."),
    "import-many-items": ("note", "Nothing needs to be done; the items stand in several requirements."),
    "import-frameworks": ("warning", "Import the others one by one, naming the framework."),
    "import-column": ("error", "The first row names the columns: id, title, text, parent."),
    "import-extra-column": ("note", "Nothing needs to be done; the column was not used."),
    "import-no-text-cell": ("error", "Fill in a title or a text; until then the row is a heading."),
    "import-no-id-cell": ("error", "Fill in the id; the row was left out."),
    "import-relation": ("warning", "Correct the relationship; the map was left out."),
    "import-map-end": ("warning", "Name a source and a target; the map was left out."),
    "import-folder-exists": ("error", "Choose another id or folder, or say that it may be overwritten."),
}
"""Code to its usual severity and what to do."""


class Notes:
    """Collects the issues of one file; many of one kind are listed up to a limit and then counted."""

    def __init__(self, file: str) -> None:
        """Start empty for one file, named as places are to name it."""
        self.file = file
        self._issues: list[InputIssue] = []
        self._counts: dict[str, int] = {}
        self._seen: set[tuple[str, str]] = set()

    def add(
        self, code: str, message: str, place: Place | None = None, severity: Severity | None = None
    ) -> None:
        """Note one issue once; ``severity`` replaces the usual one of the code."""
        if (code, message) in self._seen:
            return
        self._seen |= {(code, message)}
        usual, hint = CODES[code]
        self._counts[code] = self._counts.get(code, 0) + 1
        if self._counts[code] > MOST_OF_A_CODE:
            return
        self._issues.append(
            InputIssue(
                code=code,
                severity=severity or usual,
                place=place or Place(file=self.file),
                message=message,
                hint=hint,
            )
        )

    def close(self) -> tuple[InputIssue, ...]:
        """Return what was noted, in order, with one more issue for each code that went over the limit."""
        more = tuple(
            InputIssue(
                code=code,
                severity=CODES[code][0],
                place=Place(file=self.file),
                message=f"{count - MOST_OF_A_CODE} more of this kind ({code}).",
                hint=CODES[code][1],
            )
            for code, count in self._counts.items()
            if count > MOST_OF_A_CODE
        )
        return (*self._issues, *more)
