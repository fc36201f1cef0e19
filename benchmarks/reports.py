"""The printed report against its goals P11 and P12: ratios measured in one run, WeasyPrint as it comes beside ours.

Default: about 100 pages; ``--pages 400``. Chapters rendered apart are measured, too, though auditkit renders reports
whole (docs/decisions/0019). typst sets the same content where it is installed.
"""

import argparse

from goals import AT_MOST, Figures, Goal, measure, print_goals, repeated

PAGES, FEW = 100, 4
SCRIPT = "reports_measure.py"
APART = "auditkit renders whole: decision 0019"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES, help="about how many")
    parser.add_argument("--times", type=int, default=1, help="how often each work is measured")
    options = parser.parse_args()
    found = {
        way: _rendered(way, options.pages, options.times)
        for way in ("ours", "plain", "accessible", "all", "typst")
    }
    few = _rendered("ours", max(1, options.pages // FEW), options.times)
    chapters = options.pages // 6
    one = _rendered("part", options.pages, options.times, 0, 1)
    _print_figures({**found, f"ours, a {FEW}th": few, "one chapter": one})
    print_goals(_goals(found, few, one, _longer_half(options.pages, chapters, options.times)))


def _rendered(way: str, pages: int, times: int, *part: int) -> Figures | None:
    """Return the figures of a way to render; None when its tool is not installed."""
    if way == "typst" and measure(SCRIPT, way, 1) is None:
        return None

    def once() -> Figures:
        figures = measure(SCRIPT, way, pages, *part)
        assert figures is not None
        return figures

    return repeated(times, once)


def _longer_half(pages: int, chapters: int, times: int) -> float:
    """Return the CPU seconds of the half that two processes would wait for; wall clocks of a shared machine say little."""
    middle = chapters // 2
    both = [_rendered("part", pages, times, *part) for part in ((0, middle), (middle, chapters))]
    return max(one["cpu"] for one in both if one)


def _print_figures(found: dict[str, Figures | None]) -> None:
    for name, figures in found.items():
        if figures is None:
            print(f"{name:<14} not installed")
            continue
        pages = figures["counts"]
        milliseconds, memory = 1000 * figures["cpu"] / pages, (figures["kib"] - figures["kib_before"]) / pages
        print(
            f"{name:<14} {pages:4d} pages {figures['cpu']:7.2f} CPU-s {milliseconds:6.1f} ms a page "
            f"{memory / 1024:5.2f} MiB a page"
        )
    print()


def _goals(
    found: dict[str, Figures | None], few: Figures | None, one: Figures | None, half: float
) -> list[Goal]:
    ours, plain, accessible, every = (found[way] for way in ("ours", "plain", "accessible", "all"))
    if not (ours and plain and accessible and every and few and one):
        raise SystemExit("something could not be rendered")
    growth = (ours["cpu"] / ours["counts"]) / (few["cpu"] / few["counts"])
    return [
        Goal("P11", "ours / WeasyPrint as it comes, one process", AT_MOST, 0.85, ours["cpu"] / plain["cpu"]),
        Goal(
            "P11",
            "the longer half alone / WeasyPrint, whole",
            AT_MOST,
            0.65,
            half / plain["cpu"],
            about=APART,
        ),
        Goal("P11", f"ms a page, all / a {FEW}th of the pages", AT_MOST, 1.2, growth),
        Goal("P11", "the accessible variant / the plain one", AT_MOST, 1.12, accessible["cpu"] / ours["cpu"]),
        Goal("P11", "all three variants at once / the plain one", AT_MOST, 2, every["cpu"] / ours["cpu"]),
        Goal("P12", "one chapter / the whole report", AT_MOST, 0.1, one["cpu"] / ours["cpu"], about=APART),
    ]


if __name__ == "__main__":
    main()
