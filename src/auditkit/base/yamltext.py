"""The one door to YAML: strict loading with the line of every node, and models validated to ``file:line``.

Stricter than YAML itself, so that nothing is silently read as something else: only ``true`` and ``false``
are booleans, dates stay dates only when a model asks for one, ``012`` and ``12:30`` stay text, a duplicate
key, an alias or a tag is an error.
"""

import gc
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from auditkit.base.issue import InputIssue
from auditkit.base.place import Place

Model = TypeVar("Model", bound=BaseModel)
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
"""What JSON lets stand and YAML refuses, or takes for the end of a line."""
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Loader):  # type: ignore[misc]
    """A safe loader whose scalars are only null, true/false, decimal numbers and text."""


_StrictLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"true|false", "tf"),
    ("tag:yaml.org,2002:null", r"null|~|", ["n", "~", ""]),
    ("tag:yaml.org,2002:int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("tag:yaml.org,2002:float", r"-?(?:0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
):
    _StrictLoader.add_implicit_resolver(_tag, re.compile(f"^(?:{_pattern})$"), list(_first))


_TEXT_TAG = "tag:yaml.org,2002:str"
_SCALAR_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null"))
_CONTAINERS: dict[tuple[type, str], type] = {
    (yaml.MappingNode, "tag:yaml.org,2002:map"): dict,
    (yaml.SequenceNode, "tag:yaml.org,2002:seq"): list,
}
_ALLOWED_TAGS = _SCALAR_TAGS | {tag for _, tag in _CONTAINERS}


class Span(NamedTuple):
    """Where a scalar stands in its text."""

    start: int
    end: int
    style: str
    """The sign its notation begins with, such as a quotation mark; empty: plain."""


class YamlDocument:
    """A parsed YAML file: its plain data and the place of every node in it."""

    def __init__(self, file: str, data: Any, node: yaml.Node | None) -> None:
        """Keep the data and the node tree it came from."""
        self.file = file
        self.data = data
        self._node = node

    def place(self, path: Sequence[int | str] = ()) -> Place:
        """Return the place of the node at a path of keys and indexes, or of its nearest known ancestor."""
        node = self._node
        for step in path:
            child = _child(node, step)
            if child is None:
                break
            node = child
        if node is None:
            return Place(file=self.file, line=1)
        mark = node.start_mark
        return Place(file=self.file, line=mark.line + 1, column=mark.column + 1)

    def span(self, key: str) -> "Span | None":
        """Return where in the text the scalar of a top-level key stands; None when there is no such scalar."""
        node = _child(self._node, key)
        if not isinstance(node, yaml.ScalarNode):
            return None
        return Span(node.start_mark.index, node.end_mark.index, node.style or "")


class Loaded(Generic[Model]):
    """A model read from a file, or None, and what was wrong with it."""

    def __init__(
        self, model: Model | None, issues: tuple[InputIssue, ...], document: YamlDocument | None
    ) -> None:
        """Keep the model, the issues and the document for later places."""
        self.model = model
        self.issues = issues
        self.document = document


def parse(text: str, file: str) -> tuple[YamlDocument | None, tuple[InputIssue, ...]]:
    """Parse YAML text. Returns the document, or None and the issue that stopped it."""
    collecting = gc.isenabled()
    gc.disable()  # the cyclic collector costs more than the parse on a large catalog
    try:
        loader = _StrictLoader(text)
        try:
            node = loader.get_single_node()
            try:
                data = _plain_data(loader, node) if node is not None else None
            except _NotPlain:
                fault = _first_fault(node)
                if fault is not None:
                    return None, (_issue(file, fault[0].start_mark, fault[1]),)
                data = loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        return None, (_issue(file, error.problem_mark, error.problem or "this is not YAML"),)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return None, (_issue(file, None, str(error) or type(error).__name__),)
    finally:
        if collecting:
            gc.enable()
    return YamlDocument(file, data, node), ()


def load(path: Path, file: str) -> tuple[YamlDocument | None, tuple[InputIssue, ...]]:
    """Read and parse a YAML file; ``file`` is the name that places and issues carry."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        return None, (_issue(file, None, f"the file cannot be read ({error.strerror})", "yaml-unreadable"),)
    except UnicodeDecodeError:
        return None, (_issue(file, None, "the file is not UTF-8 text", "yaml-unreadable"),)
    return parse(text, file)


def load_model(path: Path, file: str, model: type[Model]) -> Loaded[Model]:
    """Read a YAML file into a model; every validation error becomes an issue with its line."""
    document, issues = load(path, file)
    if document is None:
        return Loaded(None, issues, None)
    value, more = validate(document, (), model)
    return Loaded(value, issues + more, document)


def validate(
    document: YamlDocument, path: Sequence[int | str], model: type[Model]
) -> tuple[Model | None, tuple[InputIssue, ...]]:
    """Validate the node at ``path`` as a model; errors come back as issues with file, line and key."""
    data = document.data
    for step in path:
        data = data[step]
    try:
        return model.model_validate(data), ()
    except ValidationError as error:
        return None, tuple(_validation_issue(document, path, detail) for detail in error.errors())


def _validation_issue(document: YamlDocument, path: Sequence[int | str], detail: Any) -> InputIssue:
    location = (*path, *detail["loc"])
    key = ".".join(str(step) for step in location) or "the document"
    return InputIssue(
        code="yaml-invalid",
        severity="error",
        place=document.place(location),
        message=f"{key}: {detail['msg']}.",
        hint="Correct the value; the fields are described in docs/formats.md.",
    )


def _child(node: yaml.Node | None, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value  # type: ignore[no-any-return]
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]  # type: ignore[no-any-return]
    return None


class _NotPlain(Exception):
    """A document has to be looked at more closely: there is a fault in it, or something unusual."""


def _plain_data(loader: Any, root: yaml.Node) -> Any:
    """Return the data of a document whose keys are all text; _NotPlain when there is anything unusual in it.

    One pass does what the search for faults and the constructor of YAML do in three times the time.
    """
    pending: list[tuple[Any, Any]] = []
    seen: set[int] = set()

    def value_of(node: Any) -> Any:
        if id(node) in seen:
            raise _NotPlain
        seen.add(id(node))
        kind, tag = type(node), node.tag
        if kind is yaml.ScalarNode and tag in _SCALAR_TAGS:
            return node.value if tag == _TEXT_TAG else loader.construct_object(node)
        if (kind, tag) not in _CONTAINERS:
            raise _NotPlain
        made = _CONTAINERS[kind, tag]()
        pending.append((node, made))
        return made

    data = value_of(root)
    while pending:
        node, made = pending.pop()
        if isinstance(made, list):
            made.extend(map(value_of, node.value))
            continue
        for key, value in node.value:
            if type(key) is not yaml.ScalarNode or key.tag != _TEXT_TAG or key.value in made:
                raise _NotPlain
            made[key.value] = value_of(value)
    return data


def _first_fault(node: yaml.Node | None) -> tuple[yaml.Node, str] | None:
    """Find a duplicate key, an alias, a non-text key or a foreign tag; None when there is none."""
    pending, seen = [node] if node is not None else [], set()
    while pending:
        current = pending.pop()
        if id(current) in seen:
            return current, "aliases are not allowed here; repeat the value"
        seen.add(id(current))
        if current.tag not in _ALLOWED_TAGS:
            return current, f"the tag {current.tag} is not allowed here"
        if isinstance(current, yaml.MappingNode):
            keys: set[str] = set()
            for key, value in current.value:
                if not isinstance(key, yaml.ScalarNode):
                    return key, "a key must be plain text"
                if key.value in keys:
                    return key, f"the key {key.value!r} stands twice"
                keys.add(key.value)
                pending.append(value)
        elif isinstance(current, yaml.SequenceNode):
            pending.extend(current.value)
    return None


def _issue(file: str, mark: yaml.Mark | None, message: str, code: str = "yaml-syntax") -> InputIssue:
    place = Place(file=file) if mark is None else Place(file=file, line=mark.line + 1, column=mark.column + 1)
    return InputIssue(
        code=code,
        severity="error",
        place=place,
        message=f"{message[0].upper()}{message[1:]}.",
        hint="Correct the file; nothing in it was used.",
    )


def quoted(text: str) -> str:
    """Return a text as a double-quoted YAML scalar on one line; JSON strings are YAML strings."""
    written = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
