"""Write a catalog as the files that auditkit loads: catalog.yaml and the clauses it names."""

from collections.abc import Iterable
from pathlib import Path

from auditkit.base.issue import InputIssue
from auditkit.catalog.exchange.issues import Notes
from auditkit.catalog.exchange.to_catalog import CLAUSES_FILE
from auditkit.catalog.exchange.yamlout import yaml_text
from auditkit.catalog.model import CatalogHead, Clause


def catalog_files(head: CatalogHead, clauses: Iterable[Clause]) -> dict[str, str]:
    """Return file name to text; what is as usual is left out, and all clauses stand in one file."""
    whole = head.model_copy(update={"files": (CLAUSES_FILE,)})
    listed = [clause.model_dump(mode="json", exclude_defaults=True) for clause in clauses]
    about = f"{' '.join(head.name.split())}, written by auditkit catalog import, and from then on by people."
    return {
        "catalog.yaml": yaml_text(whole.model_dump(mode="json", exclude_defaults=True), about),
        CLAUSES_FILE: yaml_text({"clauses": listed}, about),
    }


def write_catalog(
    folder: Path, head: CatalogHead, clauses: Iterable[Clause], *, overwrite: bool = False
) -> tuple[InputIssue, ...]:
    """Write a catalog into a folder of its own; an issue, and nothing written, where the folder is there already.

    With ``overwrite`` the files of the catalog are replaced and others beside them are left alone.
    """
    if folder.exists() and not overwrite:
        notes = Notes(folder.name)
        notes.add("import-folder-exists", f"{folder.name} is there already; nothing was written.")
        return notes.close()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in catalog_files(head, clauses).items():
        partial = folder / f".{name}.partial"
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(folder / name)
    return ()
