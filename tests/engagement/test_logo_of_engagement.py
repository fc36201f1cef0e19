"""The logo that engagement.yaml names: below its folder or left out, and said."""

from pathlib import Path

import pytest
from PIL import Image
from small import engagement, ran

from auditkit.engagement.layout import Layout
from auditkit.engagement.logo import load_logo
from auditkit.engagement.open import open_engagement


def test_a_picture_below_the_folder_reaches_the_run(tmp_path: Path) -> None:
    layout = engagement(tmp_path / "audit", more="logo: logo.png")
    Image.new("RGB", (40, 20)).save(layout.root / "logo.png")
    outcome = ran(layout)
    assert outcome.run.logo.startswith("data:image/png;base64,")
    assert [one.code for one in outcome.run.issues if one.code == "logo-unusable"] == []


@pytest.mark.parametrize("named", ["../logo.png", "/etc/hostname", "link.png", "none.png"])
def test_a_file_elsewhere_or_missing_is_said_and_left_out(tmp_path: Path, named: str) -> None:
    outside = tmp_path / "logo.png"
    Image.new("RGB", (40, 20)).save(outside)
    layout = engagement(tmp_path / "audit", more=f"logo: {named}")
    (layout.root / "link.png").symlink_to(outside)
    opened = open_engagement(layout)
    assert opened.logo == ""
    (issue,) = [one for one in opened.issues if one.code == "logo-unusable"]
    assert named in issue.message
    assert ("outside" in issue.message) is (named != "none.png")


def test_no_logo_is_no_issue(tmp_path: Path) -> None:
    assert load_logo(Layout(tmp_path), None) == ("", ())
