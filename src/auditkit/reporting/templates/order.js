"use strict";
(function () {
  var root = document.documentElement, german = root.lang === "de", said = document.querySelector(".contents").dataset;
  var compare = new Intl.Collator(root.lang, { numeric: true }).compare;
  function value(row, column) {
    var text = row.cells[column].textContent.trim();
    var day = german && /^(\d\d)\.(\d\d)\.(\d{4})/.exec(text);
    if (day) { return day[3] + "-" + day[2] + "-" + day[1]; }
    var number = /^-?\d[\d.,]*(?= ?%|\s|$)/.exec(text);
    if (!number || /^\d{4}-\d\d/.test(text)) { return text; }
    var plain = german ? number[0].replace(/\./g, "").replace(",", ".") : number[0].replace(/,/g, "");
    return isNaN(plain) ? text : Number(plain);
  }
  function isFlat(table) {
    var body = table.tBodies.length === 1 && table.tHead && table.tBodies[0];
    return Boolean(body) && body.rows.length > 3 && Array.prototype.every.call(body.rows, function (row) {
      return !row.className && row.cells.length === table.tHead.rows[0].cells.length;
    });
  }
  function sort(table, column, down) {
    var body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows);
    rows.map(function (row, place) { return { row: row, place: place, value: value(row, column) }; })
      .sort(function (a, b) {
        var both = typeof a.value === "number" && typeof b.value === "number";
        var order = both ? a.value - b.value : compare(String(a.value), String(b.value));
        return (down ? -order : order) || a.place - b.place;
      })
      .forEach(function (one) { body.appendChild(one.row); });
  }
  Array.prototype.filter.call(document.querySelectorAll("table.grid"), isFlat).forEach(function (table) {
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      if (!head.textContent.trim()) { return; }
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.title = said.sort;
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach(function (one) { one.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(table, column, down);
      });
    });
  });
  Array.prototype.forEach.call(document.querySelectorAll("h2[id], h3[id], [id] > h3"), function (heading) {
    var link = document.createElement("a");
    link.href = "#" + (heading.id || heading.parentNode.id);
    link.className = "here";
    link.textContent = "#";
    link.setAttribute("aria-label", said.link + " " + heading.textContent.trim());
    heading.appendChild(link);
  });
  function show() {
    var place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var tools = document.querySelector(".tools");
    if (!place || !tools || !place.closest("[hidden]")) { return; }
    tools.reset();
    tools.querySelector("input").dispatchEvent(new Event("input"));
    place.scrollIntoView();
  }
  window.addEventListener("hashchange", show);
})();
