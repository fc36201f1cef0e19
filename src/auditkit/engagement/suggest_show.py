"""Suggestions as they are shown: with the register beside them, and as text for a terminal of 80 columns."""

import textwrap
from collections.abc import Mapping, Sequence

from auditkit.catalog.model import Point
from auditkit.engagement.suggest_finder import Hit
from auditkit.engagement.suggest_model import (
    FileSuggestions,
    RequirementSuggestions,
    Suggested,
    Suggestion,
    Unranked,
)
from auditkit.evidence.document_denials import says_does_not_exist
from auditkit.evidence.document_placeholders import is_placeholder
from auditkit.evidence.document_status import is_out_of_force
from auditkit.evidence.model import EvidenceItem, ReadDocument

WIDTH = 80
MATCHED_SHOWN = 6
FILES_NAMED = 10
STATEMENT_CHARACTERS = 160
LINK_SHARE = 0.6
"""A link is proposed for what scores at least this share of the best of its file."""


class Shown:
    """Words hits with what the register and the documents say."""

    def __init__(self, items: Mapping[str, EvidenceItem], documents: Mapping[str, ReadDocument]) -> None:
        """Keep the entries of the register and the documents, both by file."""
        self._items = items
        self._documents = documents

    def file(self, file: str, hits: Sequence[Hit]) -> FileSuggestions:
        """Return the suggestions for one file, and the links to propose for its entry."""
        some = tuple(self.suggestion(hit) for hit in hits)
        item, document = self._items.get(file), self._documents[file]
        best = max((one.score for one in some), default=0.0)
        links = [one.point for one in some if not one.known and one.score >= LINK_SHARE * best]
        return FileSuggestions(
            file=file,
            evidence=item.id if item else None,
            title=item.title if item else document.meta.title or "",
            remarks=_remarks(document, item),
            suggestions=some,
            links=tuple(dict.fromkeys(links)),
        )

    def requirement(self, key: str, points: Sequence[Point], hits: Sequence[Hit]) -> RequirementSuggestions:
        """Return the suggestions for one requirement or point."""
        return RequirementSuggestions(
            requirement=key,
            statement=" ".join(point.statement for point in points),
            suggestions=tuple(self._with_remarks(hit) for hit in hits),
        )

    def _with_remarks(self, hit: Hit) -> Suggestion:
        """Return one hit that says, too, what is to be known of its file."""
        one = self.suggestion(hit)
        remarks = (one.remark, *_remarks(self._documents[hit.file], self._items.get(hit.file)))
        return one.model_copy(update={"remark": "; ".join(remark for remark in remarks if remark)})

    def suggestion(self, hit: Hit) -> Suggestion:
        """Return one hit with its passage."""
        item, point = self._items.get(hit.file), hit.point
        types = {one.type for one in point.procedures.documents}
        missing = says_does_not_exist(hit.quote.passage.text)
        return Suggestion(
            file=hit.file,
            evidence=item.id if item else None,
            clause=point.clause,
            requirement=point.requirement,
            point=point.id,
            statement=point.statement,
            score=hit.score,
            matched=hit.quote.matched,
            place=hit.quote.passage.place,
            quote=hit.quote.excerpt,
            remark="the passage says that something is missing" if missing else "",
            known=item is not None and (point.id in item.links or item.document_type in types),
        )

    def unranked(self, reasons: Mapping[str, str]) -> tuple[Unranked, ...]:
        """Return files without suggestions with their reasons."""
        ids = {file: item.id for file, item in self._items.items()}
        return tuple(Unranked(file=file, evidence=ids.get(file), why=why) for file, why in reasons.items())


def suggested_text(found: Suggested) -> str:
    """Render what is suggested, and last what was left out."""
    blocks = [_file_text(one) for one in found.files]
    blocks += [_requirement_text(one) for one in found.requirements]
    blocks += _left_out("Not read, so nothing is known of", found.unreadable)
    blocks += _left_out("Nothing suggested for", found.silent)
    return "\n\n".join(blocks)


def _left_out(title: str, rows: Sequence[Unranked]) -> list[str]:
    """Return one block a reason; many files are only counted, the JSON names them all."""
    reasons: dict[str, list[str]] = {}
    for one in rows:
        reasons.setdefault(one.why, []).append(_called(one.file, one.evidence))
    return ["\n".join(_wrap(f"{title} {_listed(files)}: {why}.", 0)) for why, files in reasons.items()]


def _listed(files: Sequence[str]) -> str:
    return ", ".join(files) if len(files) <= FILES_NAMED else f"{len(files)} files"


def _remarks(document: ReadDocument, item: EvidenceItem | None) -> tuple[str, ...]:
    remarks = [f"partly read: {document.why}"] if document.status == "partly_read" else []
    remarks += [f"the register calls it {item.status}"] if item and item.status != "current" else []
    remarks += [f"it {why}" for why in (is_out_of_force(document),) if why]
    remarks += [f"it looks like an unfilled template: {why}" for why in (is_placeholder(document),) if why]
    return tuple(remarks)


def _file_text(one: FileSuggestions) -> str:
    title = f": {one.title}" if one.title else ""
    lines = _wrap(f"{_called(one.file, one.evidence)}{title}", 0)
    lines += [line for remark in one.remarks for line in _wrap(f"({remark})", 2)]
    for hit in one.suggestions:
        statement = textwrap.shorten(hit.statement, STATEMENT_CHARACTERS, placeholder=" …")
        lines += _wrap(f"{hit.point}  {statement}", 2) + _shown_text(hit)
    return "\n".join([*lines, *(_wrap(f"links: [{', '.join(one.links)}]", 2) if one.links else [])])


def _requirement_text(one: RequirementSuggestions) -> str:
    statement = textwrap.shorten(one.statement, STATEMENT_CHARACTERS, placeholder=" …")
    lines = _wrap(f"{one.requirement}  {statement}", 0)
    for hit in one.suggestions:
        point = f" ({hit.point})" if hit.point != one.requirement else ""
        lines += _wrap(f"{_called(hit.file, hit.evidence)}{point}", 2) + _shown_text(hit)
    return "\n".join([*lines, *([] if one.suggestions else ["  No file suggests itself."])])


def _shown_text(hit: Suggestion) -> list[str]:
    known = "; in the register already" if hit.known else ""
    lines = _wrap(f"score {hit.score:.2f}, matched: {', '.join(hit.matched[:MATCHED_SHOWN])}{known}", 4)
    remark = f" ({hit.remark})" if hit.remark else ""
    return lines + _wrap(f"{hit.place}: “{hit.quote}”{remark}", 4)


def _called(file: str, evidence: str | None) -> str:
    return f"{evidence} {file}" if evidence else file


def _wrap(text: str, indent: int) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )
