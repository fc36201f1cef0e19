"""Record that a named person compared our statements with a licensed copy of the standard."""

from datetime import date

from auditkit.base.atomic import write_whole
from auditkit.base.errors import InputsUnreadable, UsageFault
from auditkit.base.yamltext import quoted
from auditkit.catalog.load_links import ATTESTATIONS, load_overlays
from auditkit.catalog.overlay import Attestation, AttestationFile
from auditkit.engagement.catalog import library
from auditkit.engagement.layout import Layout

HEAD = "# Written by auditkit catalog attest: who compared which of our statements with a licensed copy, and when.\n"


def attest_points(
    layout: Layout, catalog_id: str, identifiers: tuple[str, ...], by: str, at: date, edition: str, note: str
) -> tuple[str, ...]:
    """Add an attestation for every point of the identifiers; a newer one replaces an older one. Return the points."""
    overlays, issues = load_overlays(layout.overlays, "overlays")
    if any(issue.severity == "error" for issue in issues):
        raise InputsUnreadable("\n".join(str(issue) for issue in issues))
    catalog = library(catalog_id).catalog
    points = tuple(point for identifier in identifiers for point in catalog.select(identifier))
    unknown = [one for one in identifiers if not catalog.select(one)]
    if unknown:
        raise UsageFault(f"{', '.join(unknown)}: no such clause, requirement or point of {catalog_id}.")
    foreign = [file for file in overlays.attestations if file.catalog != catalog_id]
    if foreign:
        raise UsageFault(
            f"overlays/{ATTESTATIONS} holds checks of {foreign[0].catalog}; keep one engagement a catalog."
        )
    known = {one.point: one for file in overlays.attestations for one in file.attestations}
    for point in points:
        known[point.id] = Attestation(
            point=point.id, by=by, at=at, edition=edition, of=point.text_digest, note=note
        )
    order = {point.id: place for place, point in enumerate(catalog.points)}
    entries = tuple(sorted(known.values(), key=lambda one: order.get(one.point, len(order))))
    _write(layout, AttestationFile(catalog=catalog_id, attestations=entries))
    return tuple(point.id for point in points)


def _write(layout: Layout, file: AttestationFile) -> None:
    lines = [HEAD, f"catalog: {file.catalog}\n", "attestations:\n"]
    for one in file.attestations:
        fields = {"point": one.point, "by": one.by, "at": str(one.at), "edition": one.edition, "of": one.of}
        fields |= {"note": one.note} if one.note else {}
        lines.append(
            "  - {" + ", ".join(f"{name}: {quoted(value)}" for name, value in fields.items()) + "}\n"
        )
    layout.overlays.mkdir(parents=True, exist_ok=True)
    path = layout.overlays / ATTESTATIONS
    write_whole(path, "".join(lines))
