"""What WeasyPrint leaves undone in the tags of a PDF, done on its objects before they are written.

Scope of table heads, running heads as artifacts, the words of a link, and what a reader of pictures is told.
"""

from collections.abc import Iterator
from textwrap import shorten
from typing import Any

SVG = "{http://www.w3.org/2000/svg}"
_PRINTED = 4
"""Flag of an annotation: it is printed, too."""
_FONTS = "Report Sans, Report Arabic, Report Hebrew, Report Han"
_WORDS = 100
"""Longest description of a link, in characters."""


def prepare_pictures(root: Any) -> None:
    """Let every title say the description as well, as only it reaches the tags; name the shipped fonts."""
    for picture in root.iter(f"{SVG}svg"):
        for text in picture.iter(f"{SVG}text"):
            text.set("font-family", _FONTS)
        title, more = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
        if title is not None and more is not None and more.text:
            title.text = f"{(title.text or '').rstrip('. ')}. {more.text}"


def link_words(root: Any) -> dict[str, str]:
    """Return what stands at every place that links lead to: its heading, else its text, shortened."""
    return {one.get("id"): _words(one) for one in root.iter() if one.get("id")}


def keep_whole_links(pages: Any) -> None:
    """Leave one link a line: parts of its text, which lie within, would otherwise be links of their own."""
    for page in pages:
        page.links[:] = [one for one in page.links if one[3].element_tag == "a"]


def mend(pdf: Any, words: dict[str, str]) -> None:
    """Complete the tags of a PDF that is about to be written. ``words``: see `link_words`."""
    for one in pdf.objects:
        if not isinstance(one, dict):
            continue
        if one.get("S") == "/TH":
            one["A"]["Scope"] = "/Column" if _in_head(pdf, one) else "/Row"
        elif one.get("Type") == "/Annot":
            _describe_link(one, words)
    _running_lines_aside(pdf)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def _words(element: Any) -> str:
    heading = next((one for level in "123" for one in element.iter(f"h{level}")), element)
    return shorten(" ".join(heading.itertext()), _WORDS, placeholder=" …")


def _describe_link(annotation: Any, words: dict[str, str]) -> None:
    annotation["F"] = _PRINTED
    target = annotation.get("Dest")
    if target is not None and words.get(target.string):
        annotation["Contents"] = type(target)(words[target.string])


def _in_head(pdf: Any, element: Any) -> bool:
    """Say whether a cell stands in the head of its table."""
    while element.get("S") not in ("/THead", "/Table", None):
        element = _object(pdf, element["P"])
    return bool(element.get("S") == "/THead")


def _running_lines_aside(pdf: Any) -> None:
    """Make heads and feet of pages artifacts: they are marked as content, but no part of the structure."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    structure = {id(one) for one in _below(pdf, root)}
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    places = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for number, reference in enumerate(pdf.page_references):
        owners = places[number]
        aside = {index for index, owner in enumerate(owners) if id(_object(pdf, owner)) not in structure}
        stream = _object(pdf, _object(pdf, reference)["Contents"]).stream
        for position, item in enumerate(stream):
            if isinstance(item, dict) and item.get("MCID") in aside:
                stream[position - 1] = "/Artifact"
                stream[position] = type(item)({"Type": "/Pagination"})
        for index in aside:
            owners[index] = "null"


def _below(pdf: Any, element: Any) -> Iterator[Any]:
    """Yield the elements of the structure."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += [_object(pdf, kid) for kid in one.get("K", ()) if isinstance(kid, bytes)]


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
