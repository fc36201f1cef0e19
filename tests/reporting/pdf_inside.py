"""What a PDF holds inside, for tests: its structure, what is drawn on a page and how that is marked, its fonts."""

from collections.abc import Iterator
from typing import NamedTuple

import pikepdf


class Drawn(NamedTuple):
    """A text that is drawn: its glyphs, its font, and how it is marked."""

    page: int
    font: str
    glyphs: tuple[int, ...]
    mcid: int | None
    artifact: bool


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Return every element of the structure, from the top."""
    waiting, found = [pdf.Root.StructTreeRoot.K], []
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += list(one)[::-1]
        elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
            found.append(one)
            waiting.append(one.get("/K", pikepdf.Array()))
    return found


def parents(pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    """Return the parent tree: number of a page or annotation to its elements."""
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}


def above(element: pikepdf.Dictionary) -> Iterator[str]:
    """Yield the kinds of the elements that an element lies in, the nearest first."""
    while "/P" in element:
        element = element.P
        yield str(element.get("/S"))


def drawn(pdf: pikepdf.Pdf) -> Iterator[Drawn]:
    """Yield every text that is drawn on a page."""
    for number, page in enumerate(pdf.pages):
        marks: list[tuple[str, int | None]] = []
        font = ""
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC":
                    properties = operands[1]
                    marks.append(
                        (str(operands[0]), int(properties["/MCID"]) if "/MCID" in properties else None)
                    )
                case "BMC":
                    marks.append((str(operands[0]), None))
                case "EMC":
                    marks.pop()
                case "Tf":
                    font = str(operands[0])
                case "Tj" | "TJ":
                    yield Drawn(
                        number,
                        font,
                        _glyphs(operands[0]),
                        next((mcid for _, mcid in marks[::-1] if mcid is not None), None),
                        any(tag == "/Artifact" for tag, _ in marks),
                    )


def _glyphs(shown: pikepdf.Object) -> tuple[int, ...]:
    texts = shown if isinstance(shown, pikepdf.Array) else [shown]
    data = b"".join(bytes(one) for one in texts if isinstance(one, pikepdf.String))
    return tuple(int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2))


def fonts(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Dictionary]:
    """Return every font by its name in the resources."""
    return {name: font for page in pdf.pages for name, font in page.Resources.Font.items()}
