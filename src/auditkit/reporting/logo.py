"""The logo on the cover: read from the engagement folder, checked, and drawn anew so that nothing else travels with it."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path

LARGEST_BYTES = 2_000_000
LARGEST_SIDE_PIXELS = 6_000
_SIDE_PIXELS = 800
PREFIX = "data:image/png;base64,"


class LogoFault(Exception):
    """Why a file cannot be the logo of a report."""


def read_logo(path: Path) -> str:
    """Return a PNG or JPEG as the address of a small PNG without anything but its pixels; LogoFault says why not.

    Larger pictures are made smaller (800 pixels a side at most). Other kinds are refused: SVG can run and fetch.
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
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise LogoFault("it is no PNG or JPEG that can be read") from error
    small.thumbnail((_SIDE_PIXELS, _SIDE_PIXELS))
    clean = Image.new("RGBA", small.size)
    clean.paste(small)
    made = BytesIO()
    clean.save(made, "PNG")
    return PREFIX + b64encode(made.getvalue()).decode()
