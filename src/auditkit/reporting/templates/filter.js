"use strict";
(function () {
  var tables = Array.prototype.slice.call(document.querySelectorAll("table[data-filter]"));
  if (!tables.length) { return; }
  var contents = document.querySelector(".contents"), said = contents.dataset;
  var tools = document.createElement("form");
  tools.className = "tools";
  tools.setAttribute("role", "search");
  tools.innerHTML =
    '<label><input type="search" autocomplete="off"></label><label><select></select></label><output></output>';
  contents.appendChild(tools);
  var input = tools.querySelector("input"), select = tools.querySelector("select"), told = tools.querySelector("output");
  input.before(said.find + " ");
  select.before(said.show + " ");
  [[said.everything, ""]].concat(JSON.parse(said.sought)).forEach(function (one) {
    select.add(new Option(one[0], one[1]));
  });
  function apply() {
    var sought = input.value.trim().toLowerCase(), word = select.value, shown = 0, all = 0;
    var words = word.split("|");
    function has(text) { return words.some(function (one) { return text.indexOf(one) >= 0; }); }
    tables.forEach(function (table) {
      Array.prototype.forEach.call(table.querySelectorAll("tbody tr"), function (row) {
        if (row.className === "head" || row.className === "req") { row.hidden = Boolean(sought || word); return; }
        var text = row.textContent.toLowerCase();
        var verdict = row.querySelector(".v");
        var fits = !sought || text.indexOf(sought) >= 0;
        if (fits && word) { fits = Boolean(verdict) && has(verdict.textContent.toLowerCase()); }
        row.hidden = !fits;
        all += 1;
        shown += fits ? 1 : 0;
      });
    });
    told.textContent = sought || word ? said.told.replace("{shown}", shown).replace("{all}", all) : "";
  }
  tools.addEventListener("submit", function (event) { event.preventDefault(); });
  input.addEventListener("input", apply);
  select.addEventListener("change", apply);
})();
