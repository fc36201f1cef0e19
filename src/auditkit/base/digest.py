"""SHA-256 digests, and the one canonical JSON text that digests and computed files are made of."""

import hashlib
import json
from pathlib import Path
from typing import Any

_CHUNK_BYTES = 1 << 20


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb", buffering=0) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def canonical_json(value: Any) -> str:
    """Return JSON with sorted keys and no blanks: equal values give equal text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def digest_value(value: Any) -> str:
    """Return the SHA-256 of a JSON-like value. Structure counts: ("ab","c") differs from ("a","bc")."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()
