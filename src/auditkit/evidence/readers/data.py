"""CSV and JSON, read as documents. Record exports are read elsewhere."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

from auditkit.evidence.readers.common import Collector, Extract, Skipped, decode


def read_csv(path: Path, file: str) -> Extract:
    """Read CSV: one passage a row, with its row as a spreadsheet shows it."""
    text = decode(path.read_bytes())[0].replace("\x00", "")
    declared = re.match(r"sep=(.)\r?\n", text)
    if declared is not None:
        text = text[declared.end() :]
    delimiter = declared[1] if declared is not None else max(",;\t|", key=text[:4096].count)
    found = Collector(file)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
            found.add(" | ".join(cell for cell in row if cell.strip()), row=number)
            if found.full:
                break
    except csv.Error as error:
        raise Skipped(f"its rows cannot be told apart ({error})") from error
    return found.extract()


def read_json(path: Path, file: str) -> Extract:
    """Read JSON: one passage a value, with its path of keys."""
    found = Collector(file)
    try:
        value = json.loads(decode(path.read_bytes())[0])
    except (ValueError, RecursionError) as error:
        raise Skipped(f"it is not JSON that can be read ({type(error).__name__})") from error
    pending: list[tuple[str, Any]] = [("", value)]
    while pending and not found.full:
        name, current = pending.pop()
        if isinstance(current, dict):
            pending.extend((f"{name}.{key}".strip("."), one) for key, one in reversed(current.items()))
        elif isinstance(current, list):
            pending.extend((f"{name}[{index}]", one) for index, one in reversed(list(enumerate(current))))
        elif current is not None:
            found.add(f"{name}: {current}", under=name)
    return found.extract()
