"""Record tests against their goals P1 to P6 and P16: ratios measured in one run, yardsticks and peers on the same data.

Default: 1,000,000 incidents, 200,000 changes, 10,000 items (280 MB); ``--full``: ten times as many. A first run reads
the exports, proves that nothing is lost, writes them as typed Parquet and runs the tests. The benchmark fails when
counts differ between runs, or between tools. Peers: a Python that has them is named by ``--peers-python``.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from goals import AT_LEAST, AT_MOST, Figures, Goal, measure, print_goals, repeated

ROWS = 1_000_000
FULL_ROWS = 10_000_000
PEERS = {"pandera": 10.0, "great_expectations": 10.0, "pointblank": 1.5, "dataframely": 1.5}
"""By how much ours must be faster."""
FRESH = frozenset({"convert", "first_run", "first_run_40"})
"""Work that starts without a cache."""
BARE = frozenset({"decode_csv", "read_strings"})
"""Work that needs none."""


class Bench:
    """Exports of one size, and the work measured on them."""

    def __init__(self, scratch: Path, rows: int, times: int) -> None:
        self.rows, self.times = rows, times
        self.folder, self._cache = scratch / f"{rows}", scratch / f"{rows}-cache"
        measure("data_records.py", self.folder, rows)

    def run(self, work: str, times: int | None = None) -> Figures:
        """Measure one work; what needs converted exports finds them converted."""
        return repeated(times or self.times, lambda: self._once(work))

    def _once(self, work: str) -> Figures:
        if work in FRESH:
            shutil.rmtree(self._cache, ignore_errors=True)
        elif work not in BARE and not (self._cache / "tables").is_dir():
            measure("records_measure.py", "convert", self.folder, self._cache)
        shutil.rmtree(self._cache / "derived", ignore_errors=True)
        found = measure("records_measure.py", work, self.folder, self._cache)
        assert found is not None
        seconds = f"{found['cpu']:.2f} CPU-s, {found['wall']:.2f} s wall, {found['kib'] >> 10} MiB"
        print(f"  {self.rows:>10,} {work:<20} {seconds}", flush=True)
        return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="incidents")
    parser.add_argument("--full", action="store_true", help=f"{FULL_ROWS:,} incidents")
    parser.add_argument("--times", type=int, default=3, help="how often each work is measured")
    parser.add_argument("--peers-python", default=None, help="a Python in which the peers are installed")
    options = parser.parse_args()
    rows = FULL_ROWS if options.full else options.rows
    with tempfile.TemporaryDirectory() as scratch:
        small, large = (Bench(Path(scratch), count, options.times) for count in (rows // 10, rows))
        goals = [*engine_goals(small, large), *peer_goals(large, options.peers_python)]
    print(f"\n{rows:,} incidents, {rows // 5:,} changes, {rows // 100:,} items")
    print_goals(sorted(goals, key=lambda goal: int(goal.number[1:])))


def engine_goals(small: Bench, large: Bench) -> list[Goal]:
    """Measure what needs no peer."""
    decode, strings = large.run("decode_csv"), large.run("read_strings")
    first, first_40 = large.run("first_run"), large.run("first_run_40")
    warm, typed = large.run("run_20"), large.run("decode_parquet")
    alone = large.run("row_tests")
    _same("first and later run", first["counts"], warm["counts"])
    _same("20 and 40 tests", first["counts"], {name: first_40["counts"][name] for name in first["counts"]})
    less_first, less_warm = small.run("first_run"), small.run("run_20")
    less_alone = small.run("row_tests")
    ratio = _ratio
    convert = f"of it: typing and writing {(first['cpu'] - warm['cpu']) / decode['cpu']:.2f}, tests {ratio(warm, decode):.2f}"
    return [
        Goal("P1", "first run: 20 tests from CSV / decoding needed columns", AT_MOST, 1.6, ratio(first, decode), about=convert),
        Goal("P1", "tests alone on converted exports / the same decoding", AT_MOST, 1.6, ratio(warm, decode)),
        Goal("P2", "first run / reading the same files as strings", AT_MOST, 1.0, ratio(first, strings)),
        Goal("P2", "tests alone on converted exports / the same reading", AT_MOST, 1.0, ratio(warm, strings)),
        Goal("P3", "20 further row tests add to a first run", AT_MOST, 15, 100 * (ratio(first_40, first) - 1), "%"),
        Goal("P4", "tests on typed tables / first run", AT_MOST, 0.5, ratio(warm, first)),
        Goal("P4", "tests on typed tables / decoding their needed columns", AT_MOST, 4.0, ratio(warm, typed)),
        Goal("P6", "memory of row tests, 10x rows / 1x", AT_MOST, 2.0, alone["kib"] / less_alone["kib"]),
        Goal("P6", "memory of all tests for each further incident", AT_MOST, 100, _bytes_a_row(less_warm, warm, small, large), "B"),
        Goal("P6", "memory of a first run for each further incident", AT_MOST, 100, _bytes_a_row(less_first, first, small, large), "B"),
        Goal("P16", "first run, time of 10x rows / 1x", AT_MOST, 11, ratio(first, less_first)),
        Goal("P16", "tests alone, time of 10x rows / 1x", AT_MOST, 11, ratio(warm, less_warm)),
    ]  # fmt: skip


def peer_goals(bench: Bench, python: str | None) -> list[Goal]:
    """Measure the 15 checks that peers can express, each from the same typed file to the same counts."""
    ours = bench.run("checks_15")
    goals = []
    for tool, wanted in PEERS.items():
        times = (
            bench.times if wanted < 10 else 1
        )  # the slow ones take minutes; what they take varies by less than the goal
        found = _peer(tool, ours["parquet"], times, python)
        about = "not installed; name a Python that has it with --peers-python" if found is None else ""
        if found is not None:
            _same(tool, ours["counts"], found["counts"])
            about = f"its checks without reading {found['checks_cpu'] / ours['cpu']:.2f} x; ours reads, too; counts identical"
        both = None if found is None else _ratio(found, ours)
        goals.append(Goal("P5", f"15 checks, {tool} / ours", AT_LEAST, wanted, both, about=about))
    return goals


def _peer(tool: str, parquet: str, times: int, python: str | None) -> Figures | None:
    if python is None or measure("records_peers.py", tool, parquet, "--there", python=python) is None:
        return None

    def once() -> Figures:
        found = measure("records_peers.py", tool, parquet, python=python)
        assert found is not None
        print(f"  {tool}: {found['cpu']:.2f} CPU-s, {found['kib'] >> 10} MiB", flush=True)
        return found

    return repeated(times, once)


def _same(what: str, ours: dict[str, int], theirs: dict[str, int]) -> None:
    """Stop when counts differ; a tool may count what stands twice without its first row."""
    half = {**ours, "id_unique": ours.get("id_unique", 0) // 2}
    if theirs not in (ours, half):
        differing = {name: (ours[name], theirs.get(name)) for name in ours if ours[name] != theirs.get(name)}
        raise SystemExit(f"counts differ ({what}): {differing}")


def _ratio(one: Figures, other: Figures) -> float:
    return float(one["cpu"] / other["cpu"])


def _bytes_a_row(less: Figures, more: Figures, small: Bench, large: Bench) -> float:
    return float((more["kib"] - less["kib"]) * 1024 / (large.rows - small.rows))


if __name__ == "__main__":
    main()
