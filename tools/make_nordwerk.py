"""Make the worked engagement: documents, exports, register, requests and the list of what was planted.

``--out DIR`` the engagement folder; ``--year current|previous``; ``--clean`` the twin without any defect;
``--planted FILE`` where to write the oracle. The same arguments give the same bytes.
"""

import argparse
import os
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
os.environ.setdefault("SOURCE_DATE_EPOCH", "1790000000")

from nordwerk.consistency import report_figures
from nordwerk.documents import write_documents
from nordwerk.exports import all_rows, write_exports
from nordwerk.impact import PLANTED, write_impact
from nordwerk.planting import PLANTS, PREVIOUS, STANDING_TRAPS, plant
from nordwerk.world import World
from nordwerk.write import block, write_engagement, write_register, write_requests

YEARS = {
    "current": (20000, date(2025, 10, 1), date(2026, 9, 30), date(2026, 10, 15), 1.0),
    "previous": (19999, date(2024, 10, 1), date(2025, 9, 30), date(2025, 10, 15), 0.25),
}


def make(out: Path, year: str, clean: bool, planted_file: Path | None) -> None:
    """Write one engagement folder."""
    seed, start, end, as_of, scale = YEARS[year]
    world = World(seed, start, end, as_of, scale)
    world.rows = all_rows(world)
    planted, traps = plant(world, clean, PREVIOUS if year == "previous" else None)
    report_figures(world)
    evidence = out / "evidence"
    evidence.mkdir(parents=True, exist_ok=True)
    entries = write_documents(world, evidence / "documents", clean) + write_exports(
        world, evidence / "records"
    )
    numbered = write_register(evidence, entries, world)
    write_requests(evidence, world, numbered, clean)
    earlier = ("examples/previous",) if year == "current" and not clean else ()
    write_engagement(out, world, numbered, earlier)
    if year == "current":
        write_impact(out, world, numbered, clean)
    if planted_file is not None:
        write_planted(planted_file, planted, traps)


def write_planted(path: Path, planted: dict[str, list[str]], traps: list[dict[str, str]]) -> None:
    """Write the oracle: which rows of which test were spoiled, and the traps. Computed."""
    notes = {one.test: (one.dataset, one.note) for one in PLANTS}
    lines = [
        "# computed by tools/make_nordwerk.py: what was planted, and what must not be reported\nplanted:\n"
    ]
    for test, keys in planted.items():
        dataset, note = notes[test]
        lines.append(
            block(
                {
                    "test": test,
                    "dataset": dataset,
                    "exceptions": len(keys),
                    "note": note,
                    "keys": sorted(keys),
                }
            )
        )
    lines.append("documents:\n")
    lines.append(
        block(
            {
                "procedure": "document.service_management_plan",
                "points": ["6.3-3b"],
                "note": "known limitations are missing",
            }
        )
    )
    lines.append(
        block(
            {
                "procedure": "document.internal_supplier_agreement",
                "points": ["8.3.4.2-1"],
                "note": "answered: does not exist",
            }
        )
    )
    lines.append("impact:\n")
    lines += [block({"check": one.check, "keys": list(one.keys), "note": one.note}) for one in PLANTED]
    lines.append("traps:\n")
    lines += [block(trap) for trap in traps]
    lines += [block({"test": test, "key": "several", "why": why}) for test, why in STANDING_TRAPS]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--year", choices=sorted(YEARS), default="current")
    parser.add_argument("--clean", action="store_true")
    parser.add_argument("--planted", type=Path)
    given = parser.parse_args()
    make(given.out, given.year, given.clean, given.planted)
