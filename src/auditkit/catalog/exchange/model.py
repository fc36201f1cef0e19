"""The nouns of exchange: a catalog as another tool wrote it, as a neutral tree, before it becomes one of ours."""

from typing import Any, Literal

from auditkit.base.model import Record
from auditkit.base.place import Place

Format = Literal["oscal", "ciso-assistant", "sheet"]
NodeKind = Literal["group", "control"]


class ForeignParam(Record):
    """A value that a catalog leaves to its user."""

    id: str
    label: str = ""
    values: tuple[str, ...] = ()
    """Values that are set already."""
    choices: tuple[str, ...] = ()
    many: bool = False
    """More than one of the choices may be taken."""


class ForeignItem(Record):
    """A sub-statement of a control, with what stands below it."""

    id: str
    """As the source names it; empty where it has none."""
    label: str = ""
    """Such as ``a.``, as printed."""
    prose: str = ""
    items: tuple["ForeignItem", ...] = ()


class ForeignNode(Record):
    """A group of a foreign catalog, or one of its controls."""

    id: str
    """Unique in the catalog; made up where the source has none."""
    kind: NodeKind
    """control: it demands something; group: a heading."""
    title: str
    label: str = ""
    """The number people use, where it differs from the id."""
    parent: str | None = None
    """Id of the node above; None at the top."""
    prose: str = ""
    """The text of a control, the introduction of a group; parameters are filled in."""
    items: tuple[ForeignItem, ...] = ()
    guidance: str = ""
    objectives: tuple[str, ...] = ()
    """What an assessor is to determine."""
    evidence: tuple[str, ...] = ()
    """What usually shows it."""
    questions: tuple[str, ...] = ()
    params: tuple[ForeignParam, ...] = ()
    tags: tuple[str, ...] = ()
    """Implementation groups and the like."""
    props: int = 0
    """Count of properties."""
    links: int = 0
    """Count of links."""
    withdrawn: bool = False
    sort: str = ""
    """The key by which the source sorts."""
    extra: dict[str, Any] = {}
    """Fields that are not known, as they came."""
    place: Place


class ForeignCatalog(Record):
    """A catalog as another tool wrote it; nodes stand in reading order, parents before children."""

    format: Format
    id: str = ""
    """The source's own id: a uuid, a urn; empty for a sheet."""
    title: str
    version: str = ""
    oscal_version: str = ""
    language: str = "en"
    languages: tuple[str, ...] = ()
    """Languages it is translated to; the translations are not read."""
    publisher: str = ""
    licence: str = ""
    """What the source says of copyright and licence; empty: nothing."""
    nodes: tuple[ForeignNode, ...]
    file: str
    """Name of the file it was read from, as places name it."""

    @property
    def controls(self) -> tuple[ForeignNode, ...]:
        """Return the nodes that demand something."""
        return tuple(node for node in self.nodes if node.kind == "control")
