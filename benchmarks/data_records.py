"""Seeded exports of an ITSM tool: incidents, changes and configuration items, 20 columns each where there are so many.

The same seed and number of rows give the same bytes. About one row in a hundred contradicts each claim; a few
identifiers stand twice, a few dates are missing.
"""

import sys
from datetime import datetime
from pathlib import Path

import polars as pl

SEED = 20_000
_CHUNK_ROWS = 500_000
_FIRST = datetime(2025, 10, 1)
_SECONDS = 330 * 86_400
_CATEGORIES = ("network", "mail", "erp", "printing", "database", "portal", "telephony", "workplace")
_WORDS = (
    "restart",
    "of",
    "the",
    "relay",
    "after",
    "check",
    "user",
    "confirmed",
    "node",
    "patch",
    "log",
    "seen",
)


def write_records(folder: Path, rows: int, seed: int = SEED) -> dict[str, Path]:
    """Write incidents.csv (``rows``), changes.csv (a fifth) and cis.csv (a hundredth); return the paths by dataset."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = {"incident": rows, "change": max(1, rows // 5), "ci": max(1, rows // 100)}
    makers = {"incident": _incidents, "change": _changes, "ci": _items}
    paths = {dataset: folder / f"{dataset}s.csv" for dataset in counts}
    for dataset, count in counts.items():
        with paths[dataset].open("wb") as stream:
            for start in range(0, count, _CHUNK_ROWS):
                numbers = pl.int_range(start, min(start + _CHUNK_ROWS, count), eager=True).alias("n")
                frame = numbers.to_frame().select(makers[dataset](counts, seed))
                frame.write_csv(stream, include_header=start == 0)
    return paths


def _incidents(counts: dict[str, int], seed: int) -> list[pl.Expr]:
    rows = counts["incident"]
    n = pl.col("n")
    opened = pl.lit(_FIRST) + pl.duration(seconds=n * _SECONDS // rows + _draw(300, seed + 1))
    resolved = opened + pl.duration(seconds=_draw(180_000, seed + 2) - 1_800)
    closed = resolved + pl.duration(seconds=_draw(345_600, seed + 3) - 900)
    twice = pl.when(n % 5_000 == 4_999).then(n - 1).otherwise(n)
    status = _pick(
        ("closed",) * 14 + ("resolved", "resolved", "in_progress", "pending", "new", "cancelled"), seed + 4
    )
    return [
        ("INC" + twice.cast(pl.String).str.zfill(8)).alias("id"),
        _sentence(4, seed + 5).alias("title"),
        status.alias("status"),
        _missing(_pick(_CATEGORIES, seed + 6), seed + 7).alias("category"),
        _scale(4, seed + 8).alias("priority"),
        _scale(3, seed + 9).alias("impact"),
        _scale(3, seed + 10).alias("urgency"),
        _missing("SVC" + _draw(200, seed + 11).cast(pl.String).str.zfill(4), seed + 12).alias("service"),
        ("CI" + _draw(counts["ci"], seed + 13).cast(pl.String).str.zfill(6)).alias("ci"),
        ("user." + _draw(20_000, seed + 14).cast(pl.String)).alias("requester"),
        _missing("agent." + _draw(400, seed + 15).cast(pl.String), seed + 16).alias("assignee"),
        ("group-" + _draw(40, seed + 17).cast(pl.String)).alias("group"),
        _time(opened).alias("opened_at"),
        _time(opened + pl.duration(seconds=_draw(172_800, seed + 18) + 3_600)).alias("due_at"),
        _missing(_time(resolved), seed + 19).alias("resolved_at"),
        _missing(_time(closed), seed + 20).alias("closed_at"),
        pl.when(_draw(25, seed + 21) == 0).then(pl.lit("true")).otherwise(pl.lit("false")).alias("breached"),
        pl.when(_draw(50, seed + 22) == 0).then(1 + _draw(3, seed + 23)).otherwise(0).alias("reopened_count"),
        pl.when(_draw(8, seed + 24) == 0)
        .then(
            "CHG" + _draw(counts["change"] + counts["change"] // 50, seed + 25).cast(pl.String).str.zfill(7)
        )
        .alias("change_id"),
        _missing(_sentence(7, seed + 26), seed + 27).alias("resolution_notes"),
    ]


def _changes(counts: dict[str, int], seed: int) -> list[pl.Expr]:
    rows = counts["change"]
    n = pl.col("n")
    opened = pl.lit(_FIRST) + pl.duration(seconds=n * _SECONDS // rows)
    approved = opened + pl.duration(seconds=_draw(604_800, seed + 41))
    start = approved + pl.duration(seconds=_draw(604_800, seed + 42) - 6_000)
    end = start + pl.duration(seconds=_draw(14_400, seed + 43))
    people = [_draw(90, seed + at).cast(pl.String) for at in (44, 45, 46)]
    return [
        ("CHG" + n.cast(pl.String).str.zfill(7)).alias("id"),
        _sentence(4, seed + 47).alias("title"),
        _pick(("normal",) * 6 + ("standard",) * 3 + ("emergency",), seed + 48).alias("type"),
        _pick(("closed",) * 8 + ("implemented", "scheduled"), seed + 49).alias("status"),
        _pick(_CATEGORIES, seed + 50).alias("category"),
        ("SVC" + _draw(200, seed + 51).cast(pl.String).str.zfill(4)).alias("service"),
        ("CI" + _draw(counts["ci"] + 1 + counts["ci"] // 100, seed + 52).cast(pl.String).str.zfill(6)).alias(
            "ci"
        ),
        ("person." + people[0]).alias("requester"),
        ("person." + people[1]).alias("implementer"),
        ("person." + people[2]).alias("approver"),
        _pick(("low", "medium", "high"), seed + 53).alias("risk"),
        _missing(_sentence(5, seed + 54), seed + 55).alias("impact_assessment"),
        _time(opened).alias("opened_at"),
        _missing(_time(approved), seed + 56).alias("approved_at"),
        _time(start).alias("actual_start"),
        _time(end).alias("actual_end"),
        _missing(_sentence(3, seed + 57), seed + 58).alias("test_result"),
        _missing(_sentence(5, seed + 59), seed + 60).alias("backout_plan"),
        _pick(("successful",) * 18 + ("failed", "backed_out"), seed + 61).alias("outcome"),
        _missing(_time(end + pl.duration(seconds=_draw(604_800, seed + 62))), seed + 63).alias("reviewed_at"),
    ]


def _items(counts: dict[str, int], seed: int) -> list[pl.Expr]:
    del counts
    return [
        ("CI" + pl.col("n").cast(pl.String).str.zfill(6)).alias("id"),
        _sentence(2, seed + 71).alias("title"),
        _pick(("server", "database", "network", "application"), seed + 72).alias("type"),
        _missing("person." + _draw(90, seed + 73).cast(pl.String), seed + 74).alias("owner"),
        ("SVC" + _draw(200, seed + 75).cast(pl.String).str.zfill(4)).alias("service"),
    ]


def _draw(below: int, seed: int) -> pl.Expr:
    """Return whole numbers from 0 to below ``below``, by row number and seed."""
    return (pl.col("n").hash(seed) % below).cast(pl.Int64)


def _scale(top: int, seed: int) -> pl.Expr:
    """Return 1 to ``top``, and one more than that in one row of two hundred."""
    return pl.when(_draw(200, seed + 500) == 0).then(top + 1).otherwise(_draw(top, seed) + 1)


def _pick(words: tuple[str, ...], seed: int) -> pl.Expr:
    return _draw(len(words), seed).replace_strict(dict(enumerate(words)), return_dtype=pl.String)


def _missing(values: pl.Expr, seed: int) -> pl.Expr:
    """Leave out one value in a hundred."""
    return pl.when(_draw(100, seed) != 0).then(values)


def _sentence(words: int, seed: int) -> pl.Expr:
    return pl.concat_str([_pick(_WORDS, seed * 31 + at) for at in range(words)], separator=" ")


def _time(when: pl.Expr) -> pl.Expr:
    return when.dt.strftime("%Y-%m-%dT%H:%M:%S")


def main() -> None:
    """Write records in a process of its own, so that the memory it takes is not counted as that of what follows."""
    folder, rows = sys.argv[1:]
    write_records(Path(folder), int(rows))
    print("{}")


if __name__ == "__main__":
    main()
