/* The team's week: sorting and choosing among the rows that are there. Nothing is asked for, kept or put in an address. */
"use strict";
(function (atlas) {
  atlas.themed();
  const table = atlas.byId("week-cases");
  if (!table) return;
  const { byId } = atlas;
  const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
  const place = (row) => Number(row.dataset.place);
  const words = new Intl.Collator("en-GB", { numeric: true });

  /* Numbers as numbers, words as a person reads them; what is not recorded comes last both ways. */
  const compare = function (one, other, down) {
    if (one === "" || other === "") return Number(one === "") - Number(other === "");
    const order = Number.isNaN(Number(one)) || Number.isNaN(Number(other)) ? words.compare(one, other) : one - other;
    return down ? -order : order;
  };

  const sort = function (head, way) {
    const column = heads.indexOf(head), down = way === "descending";
    heads.forEach((one) => one.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", way);
    byId("week-sort").value = head.dataset.key;
    const key = (row) => row.cells[column].dataset.sort;
    rows.sort((one, other) => compare(key(one), key(other), down) || place(one) - place(other));
    body.append(...rows);
  };
  const firstWay = (head) => head.dataset.first || "ascending";
  const OTHER = { ascending: "descending", descending: "ascending" };
  heads.forEach((head) => head.querySelector("button").addEventListener("click", () => {
    sort(head, OTHER[head.getAttribute("aria-sort")] || firstWay(head));
  }));
  byId("week-sort").addEventListener("change", (event) => {
    const head = heads.find((one) => one.dataset.key === event.target.value);
    sort(head, firstWay(head));
  });

  const picks = { locality: byId("week-locality"), school: byId("week-school") };
  const ticks = { care: byId("week-care"), untouched: byId("week-untouched") };
  const chosen = (boxes) => Object.entries(boxes).filter(([, box]) => box && (box.checked || (box.value !== "*" && box.type !== "checkbox")));
  const choose = function () {
    const picked = chosen(picks), ticked = chosen(ticks);
    let shown = 0;
    rows.forEach((row) => {
      const fits = picked.every(([key, box]) => row.dataset[key] === box.value) && ticked.every(([key]) => key in row.dataset);
      row.hidden = !fits;
      shown += fits;
    });
    byId("week-shown").textContent = `${shown.toLocaleString("en-GB")} of ${rows.length.toLocaleString("en-GB")} shown`;
    byId("week-all").disabled = !picked.length && !ticked.length;
    byId("week-none").hidden = shown > 0;
    table.hidden = shown === 0;
  };
  const boxes = [...Object.values(picks), ...Object.values(ticks)].filter(Boolean);
  boxes.forEach((box) => box.addEventListener("change", choose));
  const showAll = function () {
    Object.values(picks).forEach((box) => { box.value = "*"; });
    Object.values(ticks).forEach((box) => { if (box) box.checked = false; });
    choose();
    picks.locality.focus();
  };
  byId("week-all").addEventListener("click", showAll);
  byId("week-none").querySelector("button").addEventListener("click", showAll);
  byId("week-filters").hidden = false;
})(window.atlas);
