"""The logo on the cover: read from the engagement folder, checked, and bared so that nothing else travels with it."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path

LARGEST_BYTES = 2_000_000
LARGEST_SIDE_PIXELS = 6_000
_SIDE_PIXELS = 800
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PICTURE = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
PREFIX = "data:image/png;base64,"


class LogoFault(Exception):
    """Why a file cannot be the logo of a report."""


def read_logo(path: Path) -> str:
    """Return a PNG or JPEG as the address of a small PNG with nothing but the picture; LogoFault says why not.

    A small PNG keeps its own bytes, so that a page is the same everywhere; a JPEG, or what is larger than 800 pixels a
    side, is drawn anew. Other kinds are refused: SVG can run and fetch.
    """
    from PIL import Image

    if not path.is_file():
        raise LogoFault("there is no such file")
    if path.stat().st_size > LARGEST_BYTES:
        raise LogoFault(f"it is larger than {LARGEST_BYTES // 1_000_000} MB")
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as picture:
            if max(picture.size) > LARGEST_SIDE_PIXELS:
                raise LogoFault(f"it is more than {LARGEST_SIDE_PIXELS} pixels wide or high")
            small = picture.convert("RGBA")
            keep = picture.format == "PNG" and max(picture.size) <= _SIDE_PIXELS
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise LogoFault("it is no PNG or JPEG that can be read") from error
    if keep:
        return PREFIX + b64encode(_bare(path.read_bytes())).decode()
    small.thumbnail((_SIDE_PIXELS, _SIDE_PIXELS))
    clean = Image.new("RGBA", small.size)
    clean.paste(small)
    made = BytesIO()
    clean.save(made, "PNG")
    return PREFIX + b64encode(made.getvalue()).decode()


def _bare(data: bytes) -> bytes:
    """Return the chunks of a PNG that make the picture: no text, no profile, nothing behind its end."""
    at, kept = len(_SIGNATURE), [_SIGNATURE]
    while at < len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 12 + length
        if kind in _PICTURE:
            kept.append(data[at:end])
        if kind == b"IEND":
            break
        at = end
    return b"".join(kept)
