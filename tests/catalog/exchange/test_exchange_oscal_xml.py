"""OSCAL in XML reads as its JSON does, with lines; document types and entities are refused."""

import json

import pytest

from auditkit.catalog.exchange.issues import Notes
from auditkit.catalog.exchange.model import ForeignCatalog
from auditkit.catalog.exchange.oscal_count import count_oscal
from auditkit.catalog.exchange.oscal_read import read_oscal
from auditkit.catalog.exchange.source import read_structured

XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="u">
  <metadata>
    <title>Sample <em>catalog</em></title>
    <last-modified>2026-01-01T00:00:00Z</last-modified>
    <version>1.0</version>
    <oscal-version>1.1.2</oscal-version>
    <party uuid="p" type="organization"><name>A Bureau</name></party>
    <remarks><p>Free to use.</p><p>Really.</p></remarks>
  </metadata>
  <group id="ac">
    <title>Access</title>
    <part name="overview"><p>About <strong>doors</strong>.</p></part>
    <control id="ac-1">
      <title>Doors</title>
      <param id="ac-1_p"><label>a time</label></param>
      <param id="ac-1_q"><select how-many="one-or-more"><choice>day</choice><choice>night</choice></select></param>
      <prop name="label" value="AC-1"/>
      <link href="#ac-2" rel="related"/>
      <part name="statement" id="ac-1_smt">
        <p>Lock   doors after <insert type="param" id-ref="ac-1_p"/> at
           <insert type="param" id-ref="ac-1_q"/>:</p>
        <part name="item" id="ac-1_smt.a"><prop name="label" value="a."/><p>inner doors;</p></part>
        <part name="item" id="ac-1_smt.b"><p>outer doors:</p><ul><li>front</li><li>back<ul><li>left</li></ul></li></ul></part>
      </part>
      <part name="guidance"><h1>Why</h1><p>See <a href="https://example.org">here</a>.</p>
        <table><tr><td>a</td><td>b</td></tr></table></part>
      <control id="ac-1.1"><title>More</title><part name="statement"><p>Count the <code>keys</code>.</p></part></control>
    </control>
  </group>
  <back-matter><resource uuid="r"><title>Book</title></resource></back-matter>
</catalog>
"""


def read(xml: str) -> tuple[ForeignCatalog | None, list[str], dict[str, int | str]]:
    notes = Notes("sample.xml")
    source = read_structured(xml.encode(), notes)
    found = read_oscal(source, notes) if source is not None else None
    counts = count_oscal(source.data) if source is not None else {}
    return found, [str(issue) for issue in notes.close()], counts


def test_xml_reads_as_json_would() -> None:
    found, issues, counts = read(XML)
    assert found is not None
    assert issues == []
    assert (found.title, found.publisher, found.licence) == (
        "Sample *catalog*",
        "A Bureau",
        "Free to use.\n\nReally.",
    )
    group, control, inner = found.nodes
    assert (group.id, group.prose, group.place.line) == ("ac", "About **doors**.", 11)
    assert (control.parent, control.label, control.links, control.place.line) == ("ac", "AC-1", 1, 14)
    assert control.prose == "Lock doors after a time at [one or more of: day; night]:"
    assert [(item.id, item.label, item.prose) for item in control.items] == [
        ("ac-1_smt.a", "a.", "inner doors;"),
        ("ac-1_smt.b", "", "outer doors:\n\n- front\n- back\n  - left"),
    ]
    assert control.guidance == "# Why\n\nSee [here](https://example.org).\n\na | b"
    assert (inner.parent, inner.prose) == ("ac-1", "Count the `keys`.")
    assert (counts["controls"], counts["nested_controls"], counts["params"], counts["parts"]) == (2, 1, 2, 6)
    assert counts["back_matter_resources"] == 1


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ('<!DOCTYPE catalog [<!ENTITY a "b">]><catalog><metadata/></catalog>', "document type"),
        (
            '<!DOCTYPE catalog [<!ENTITY a "b">]><catalog><metadata><title>&a;</title></metadata></catalog>',
            "document type",
        ),
        ('<!DOCTYPE c SYSTEM "file:///etc/passwd"><c/>', "document type"),
        ("<catalog><group></catalog>", "not XML"),
        ("<catalog>" + "<group>" * 240 + "</group>" * 240 + "</catalog>", "deep"),
        ("<catalog>" + "<group>" * 5000, "depth"),
    ],
)
def test_what_is_unsafe_or_broken_is_refused(xml: str, code: str) -> None:
    found, issues, _ = read(xml)
    assert found is None
    assert len(issues) == 1
    assert code in issues[0]


def test_an_element_that_should_be_a_list_in_json_is_one() -> None:
    notes = Notes("x")
    source = read_structured(
        b"<catalog><group groups='odd'><title/><prop name='n' value='v'/></group></catalog>", notes
    )
    assert source is not None
    assert json.dumps(source.data["catalog"]["groups"]) == (
        '[{"groups": "odd", "title": "", "props": [{"name": "n", "value": "v"}]}]'
    )
    assert read_oscal(source, notes) is not None
