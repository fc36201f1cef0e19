// computed: copied by auditkit catalog site. Search in the index beside the pages; without scripts the tree remains.
(function () {
  var form = document.querySelector(".find"), box = document.getElementById("q"), list = document.getElementById("hits");
  var entries = window.auditkitSearch || [];
  if (!form || !entries.length) return;
  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); var first = list.querySelector("a"); if (first) first.click(); });
  function close() { list.hidden = true; box.setAttribute("aria-expanded", "false"); }
  function show() {
    var words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    list.textContent = "";
    if (!words.length) return close();
    var found = entries.filter(function (entry) {
      return words.every(function (word) { return entry[1].toLowerCase().indexOf(word) === 0 || entry[3].indexOf(word) >= 0; });
    });
    found.slice(0, 30).forEach(function (entry) {
      var item = document.createElement("li"), link = document.createElement("a"), id = document.createElement("b");
      link.href = entry[0]; id.textContent = entry[1];
      link.appendChild(id); link.appendChild(document.createTextNode(entry[2]));
      item.appendChild(link); list.appendChild(item);
    });
    if (!found.length) { var none = document.createElement("li"); none.textContent = "Nothing found."; none.style.padding = ".5rem .8rem"; list.appendChild(none); }
    list.hidden = false; box.setAttribute("aria-expanded", "true");
  }
  box.addEventListener("input", show);
  box.addEventListener("focus", show);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { close(); box.blur(); }
    if (event.key === "/" && document.activeElement !== box) { event.preventDefault(); box.focus(); }
  });
  document.addEventListener("click", function (event) { if (!form.contains(event.target)) close(); });
})();
