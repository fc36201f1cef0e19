"""The other pages are true in both directions: formats, input issues, and what no shipped text may hold."""

import ast
import importlib
import re
import subprocess
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from auditkit.base.yamltext import parse, validate
from auditkit.engagement.catalog import library

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/auditkit"
FORMATS = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
ISSUES = (ROOT / "docs/input-issues.md").read_text(encoding="utf-8")

TABLES = re.findall(r"<!-- model: (\S+) -->\n((?:\|.*\n)+)", FORMATS)
EXAMPLES = re.findall(r"<!-- example: (\S+) -->\n```yaml\n(.*?)```", FORMATS, re.DOTALL)


def model(name: str) -> type[BaseModel]:
    """Return the model that ``module:Name`` means."""
    module, _, attribute = name.partition(":")
    found = getattr(importlib.import_module(module), attribute)
    assert issubclass(found, BaseModel)
    return found


def nested(annotation: Any) -> set[type[BaseModel]]:
    """Return the models an annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {one for part in get_args(annotation) for one in nested(part)}


@pytest.mark.parametrize(("name", "table"), TABLES, ids=[name for name, _ in TABLES])
def test_a_table_has_exactly_the_fields_of_its_model(name: str, table: str) -> None:
    rows = [[cell.strip() for cell in line.strip("|\n").split(" | ")] for line in table.splitlines()[2:]]
    said = {row[0].strip(" `|"): row[-1].strip(" |") for row in rows}
    fields = {field.alias or key: field for key, field in model(name).model_fields.items()}
    assert list(said) == list(fields)
    for field, compulsory in said.items():
        assert compulsory.startswith("yes" if fields[field].is_required() else "no"), field


def test_every_model_a_table_leads_to_has_a_table_of_its_own() -> None:
    documented = {model(name) for name, _ in TABLES}
    for one in documented:
        for field in one.model_fields.values():
            assert nested(field.annotation) <= documented, f"{one.__name__} leads to {field.annotation}"


def test_every_file_people_write_has_a_table() -> None:
    loaded = set()
    for path in SOURCE.rglob("*.py"):
        for name in re.findall(
            r"load_(?:model|folder)\([^()]*(?:\([^()]*\)[^()]*)*,\s*([A-Z]\w+)\s*\)",
            path.read_text(encoding="utf-8"),
        ):
            loaded.add(name)
    assert len(loaded) >= 10
    assert loaded - {"Model"} <= {name.partition(":")[2] for name, _ in TABLES}


@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_an_example_is_valid(name: str, text: str) -> None:
    assert text.startswith("# Written by people")
    document, issues = parse(text, "example.yaml")
    assert document is not None, issues
    value, issues = validate(document, (), model(name))
    assert value is not None, "\n".join(map(str, issues))


def test_links_inside_the_documents_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
        anchors = {
            re.sub(r"[^\w -]", "", one.replace("&lt;", "").replace("&gt;", "").lower()).replace(" ", "-")
            for one in headings
        }
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if target.startswith("#"):
                assert target[1:] in anchors, f"{page.name}: {target}"
            elif "://" not in target:
                assert (page.parent / target.partition("#")[0]).exists(), f"{page.name}: {target}"


class Codes(ast.NodeVisitor):
    """Collects the codes a module gives to InputIssue, through its own helpers, defaults and tables.

    The keys of a table named ``CODES`` are codes, whoever looks them up.

    ``carriers``: name of a function or class of the module to the position of its ``code``.
    """

    def __init__(self, tree: ast.Module) -> None:
        self.found: set[str] = set()
        self.unclear: list[str] = []
        self.carriers: dict[str, int | None] = {"InputIssue": None}
        self.tables: list[tuple[str, int]] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and any(
                one.arg == "code" and "int" not in ast.unparse(one) for one in node.args.args
            ):  # a number is the exit code of a process
                names = [one.arg for one in node.args.args]
                self.carriers[node.name] = names.index("code") - (names[0] == "self")
                missing = len(names) - len(node.args.defaults)
                if names.index("code") >= missing:
                    self.take(node.args.defaults[names.index("code") - missing])
            if isinstance(node, ast.ClassDef):
                fields = [
                    one.target.id
                    for one in node.body
                    if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
                ]
                if "code" in fields and node.name != "InputIssue":
                    self.carriers[node.name] = fields.index("code")
            if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "CODES":
                for key in getattr(node.value, "keys", []):
                    self.take(key)
        self.visit(tree)
        for table, position in self.tables:
            for node in tree.body:
                if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == table:
                    for row in getattr(node.value, "values", None) or getattr(node.value, "elts", []):
                        self.take(row.elts[position])

    def take(self, node: ast.expr) -> None:
        """Keep a code; a name or attribute called ``code`` was taken where it came from."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            self.found |= {node.value} - {""}
        elif not (isinstance(node, ast.Name) and node.id == "code") and not (
            isinstance(node, ast.Attribute) and node.attr == "code"
        ):
            self.unclear.append(ast.unparse(node))

    def visit_Assign(self, node: ast.Assign) -> None:
        """Remember a table that codes are looked up in: ``code, message = TABLE[key]``."""
        target = node.targets[0]
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Subscript):
            names = [ast.unparse(one) for one in target.elts]
            if "code" in names:
                self.tables.append((ast.unparse(node.value.value), names.index("code")))
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in self.carriers:
            position = self.carriers[name]
            for word in node.keywords:
                if word.arg == "code":
                    self.take(word.value)
            if position is not None and position < len(node.args):
                self.take(node.args[position])
        self.generic_visit(node)


def codes_in_source() -> dict[str, set[str]]:
    """Return every code with the modules that use it."""
    found: dict[str, set[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "code" not in text:
            continue
        codes = Codes(ast.parse(text))
        assert not codes.unclear, f"{path.name}: a code that this test cannot follow: {codes.unclear}"
        for code in codes.found:
            found.setdefault(code, set()).add(path.name)
    return found


def test_the_collector_follows_helpers_defaults_and_tables() -> None:
    text = (
        "class Choice(NamedTuple):\n    format: str\n    code: str = ''\n"
        "def _issue(place, code='by-default'):\n    return InputIssue(code=code, place=place)\n"
        "TABLE = {'a': ('message', 'by-table')}\nmessage, code = TABLE['a']\n"
        "_issue(1, 'by-helper'); Choice('x', 'by-tuple'); InputIssue(code='by-name'); _issue(1, odd())\n"
    )
    codes = Codes(ast.parse(text))
    assert codes.found == {"by-default", "by-helper", "by-tuple", "by-name", "by-table"}
    assert codes.unclear == ["odd()"]


def test_every_issue_code_is_documented_and_every_documented_code_exists() -> None:
    documented = re.findall(r"^\| `([a-z-]+)` \|", ISSUES, re.MULTILINE)
    assert len(documented) == len(set(documented))
    assert set(documented) == set(codes_in_source())


def test_a_documented_code_says_what_it_means_and_what_to_do() -> None:
    for line in re.findall(r"^\| `.*$", ISSUES, re.MULTILINE):
        code, means, remedy = (cell.strip() for cell in line.strip("|").split(" | "))
        assert min(len(means), len(remedy.strip(" |"))) > 15, code


@pytest.mark.parametrize("page", ["README.md", "docs/method.md"])
def test_the_counts_a_page_states_are_those_of_the_catalog(page: str) -> None:
    text = " ".join((ROOT / page).read_text(encoding="utf-8").replace("*", "").split())
    catalog = library().catalog
    counts = {"requirements": len(catalog.requirements), "points": len(catalog.points)}
    stated = re.findall(r"\b(\d+) (?:auditable )?(requirements|points)\b(?! are not)", text)
    assert stated
    assert [(number, what) for number, what in stated if int(number) != counts[what]] == []


def tracked_texts() -> list[tuple[str, str]]:
    """Return the tracked text files of the repository."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    found = []
    for name in done.stdout.split("\0"):
        path = ROOT / name
        if not name or not path.is_file():
            continue
        data = path.read_bytes()
        if b"\0" not in data[:8192]:
            found.append((name, data.decode("utf-8", "replace")))
    return found


def test_no_shipped_text_names_this_machine_or_a_package_registry() -> None:
    texts = tracked_texts()
    assert len(texts) > 100
    everywhere = ["pypi" + ".org", "files." + "pythonhosted"]
    machine = re.compile(r"(?<!\w)" + "/" + "work" + "/")
    beside = "../" + "shared"
    for name, text in texts:
        words = everywhere if name.startswith("tests/") else [*everywhere, beside]
        hits = [word for word in words if word in text] + machine.findall(text)
        assert not hits, f"{name} holds {hits}"
