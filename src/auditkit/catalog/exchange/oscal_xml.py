"""OSCAL in XML as the plain data its JSON would be, with the line of every object."""

from typing import Any

from lxml import etree

from auditkit.base.place import Place
from auditkit.catalog.exchange.issues import Notes
from auditkit.catalog.exchange.oscal_markup import BLOCKS, inline, markdown

DEEPEST_ELEMENT = 230
Lines = dict[tuple[str | int, ...], int]

_LISTS = {
    "choice": "choice",
    "constraint": "constraints",
    "control": "controls",
    "gap": "gaps",
    "group": "groups",
    "guideline": "guidelines",
    "link": "links",
    "map": "maps",
    "mapping": "mappings",
    "param": "params",
    "part": "parts",
    "party": "parties",
    "prop": "props",
    "qualifier": "qualifiers",
    "resource": "resources",
    "responsible-party": "responsible-parties",
    "rlink": "rlinks",
    "role": "roles",
    "source": "sources",
    "target": "targets",
    "unmapped-control": "unmapped-controls",
    "unmapped-controls": "unmapped-controls",
    "value": "values",
    "with-id": "with-ids",
}
"""Element to the name of its list in JSON; every other element stands alone."""
_PROSE = ("part", "guideline")


def parse_xml(data: bytes, notes: Notes) -> tuple[dict[str, Any], Lines] | None:
    """Parse OSCAL XML without entities, network or document types; None with an issue when it cannot be done."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        deep = "depth" in (error.msg or "")
        place = Place(file=notes.file, line=error.lineno)
        notes.add("import-too-deep" if deep else "import-syntax", f"This is not XML ({error.msg}).", place)
        return None
    except ValueError as error:
        notes.add("import-syntax", f"This is not XML ({error}).")
        return None
    if root.getroottree().docinfo.internalDTD is not None:
        notes.add("import-dtd", "The file carries a document type definition, which is refused.")
        return None
    if _depth(root) > DEEPEST_ELEMENT:
        notes.add("import-too-deep", f"Elements stand more than {DEEPEST_ELEMENT} deep in one another.")
        return None
    lines: Lines = {}
    name = etree.QName(root).localname
    return {name: _object(root, (name,), lines)}, lines


def _depth(root: etree._Element) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _object(element: etree._Element, path: tuple[str | int, ...], lines: Lines) -> dict[str, Any]:
    """Return an element with attributes or element children as an object."""
    lines[path] = getattr(element, "sourceline", None) or 1
    found: dict[str, Any] = {str(name): str(value) for name, value in element.attrib.items()}
    blocks: list[etree._Element] = []
    for child in element:
        name = _name(child)
        if name in BLOCKS:
            blocks.append(child)
            continue
        key = _LISTS.get(name)
        if key is None:
            found[name] = _value(child, (*path, name), lines)
            continue
        kept = found.setdefault(key, [])
        if isinstance(kept, list):
            kept.append(_value(child, (*path, key, len(kept)), lines))
    if blocks:
        found["prose" if _name(element) in _PROSE else "text"] = markdown(blocks)
    return found


def _value(element: etree._Element, path: tuple[str | int, ...], lines: Lines) -> Any:
    names = {_name(child) for child in element}
    if _name(element) == "with-id":
        return (element.text or "").strip()
    if not element.attrib and names and names <= BLOCKS and _name(element) not in _PROSE:
        return markdown(list(element))
    if not element.attrib and (element.text or "").strip():
        return inline(element).strip()
    if element.attrib or names or _name(element) in _PROSE:
        return _object(element, path, lines)
    return ""


def _name(element: etree._Element) -> str:
    tag = element.tag
    return etree.QName(tag).localname if isinstance(tag, str) else ""
