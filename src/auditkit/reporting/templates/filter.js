"use strict";
(function () {
  var tables = Array.prototype.slice.call(document.querySelectorAll("table[data-filter]"));
  if (!tables.length) { return; }
  var words = ["nonconform", "not assessed", "conforms", "not met", "no evidence"];
  var tools = document.createElement("form");
  tools.className = "tools";
  tools.setAttribute("role", "search");
  tools.innerHTML =
    '<label>Find in the tables <input type="search" autocomplete="off"></label>' +
    '<label>Show <select><option value="">everything</option>' +
    words.map(function (word) { return "<option>" + word + "</option>"; }).join("") +
    "</select></label><output></output>";
  document.querySelector(".contents").appendChild(tools);
  var input = tools.querySelector("input"), select = tools.querySelector("select"), told = tools.querySelector("output");
  function apply() {
    var sought = input.value.trim().toLowerCase(), word = select.value, shown = 0, all = 0;
    tables.forEach(function (table) {
      Array.prototype.forEach.call(table.querySelectorAll("tbody tr"), function (row) {
        if (row.className === "head" || row.className === "req") { row.hidden = Boolean(sought || word); return; }
        var text = row.textContent.toLowerCase();
        var verdict = row.querySelector(".v");
        var fits = !sought || text.indexOf(sought) >= 0;
        if (fits && word) { fits = Boolean(verdict) && verdict.textContent.toLowerCase().indexOf(word) >= 0; }
        row.hidden = !fits;
        all += 1;
        shown += fits ? 1 : 0;
      });
    });
    told.textContent = sought || word ? shown + " of " + all + " rows" : "";
  }
  tools.addEventListener("submit", function (event) { event.preventDefault(); });
  input.addEventListener("input", apply);
  select.addEventListener("change", apply);
})();
