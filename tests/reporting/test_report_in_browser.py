"""The HTML report in its own reader: no console message, no request, tables sort, links find what a filter hides."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from sample_run import sample_run

from auditkit.base.language import speaking
from auditkit.reporting.html import render_html
from auditkit.reporting.numbers import whole
from auditkit.reporting.view import build_view

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
PROBE = """
<script>
var told = [];
window.addEventListener("error", function (event) { told.push("error: " + event.message); });
window.addEventListener("securitypolicyviolation", function (event) { told.push("asked for " + event.blockedURI); });
window.addEventListener("load", function () {
  var table = document.querySelector("table.tests"), column = COLUMN, button = table.tHead.rows[0].cells[column].querySelector("button");
  function shown() { return Array.from(table.tBodies[0].rows, function (row) { return row.cells[column].textContent; }); }
  button.click();
  var up = shown();
  button.click();
  var seen = { up: up, down: shown(), aria: table.tHead.rows[0].cells[column].getAttribute("aria-sort") };
  var find = document.querySelector(".tools input"), row = document.getElementById("point-8.5.1.3-1");
  find.value = "no such text";
  find.dispatchEvent(new Event("input"));
  seen.filtered = row.hidden;
  location.hash = "#point-8.5.1.3-1";
  setTimeout(function () {
    seen.linked = row.hidden;
    seen.told = told;
    seen.requests = performance.getEntriesByType("resource").map(function (one) { return one.name; });
    document.body.innerHTML = "<pre id=seen></pre>";
    document.getElementById("seen").textContent = JSON.stringify(seen);
  }, 200);
});
</script></body>"""


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_works_in_a_browser(tmp_path: Path, language: str) -> None:
    with speaking(language):
        view = build_view(sample_run())
        rows = (
            view.tests[0].model_copy(update={"id": f"t{number}", "population": whole(number)})
            for number in (1573, 12, 12_400, 360, 9)
        )
        text = render_html(view.model_copy(update={"tests": tuple(rows)}))
    page = tmp_path / "report.html"
    page.write_text(text.replace("</body>", PROBE.replace("COLUMN", "2")), encoding="utf-8")
    assert BROWSER is not None
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom")
    done = subprocess.run(
        [BROWSER, *options, f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    found = re.search(r"<pre id=\"seen\">(.*?)</pre>", done.stdout, re.DOTALL)
    assert found is not None, done.stderr[-500:]
    seen = json.loads(html.unescape(found[1]))
    assert (seen["told"], seen["requests"], seen["aria"]) == ([], [], "descending")
    assert [re.sub("[.,]", "", one) for one in seen["up"]] == ["9", "12", "360", "1573", "12400"]
    assert seen["down"] == seen["up"][::-1]
    assert (seen["filtered"], seen["linked"]) == (True, False)
