/* The table twin: the same rows as the map, written out and sortable; fetched only while it is open. */
"use strict";
(function (atlas, clientside) {
  const { h, put } = atlas;
  let sorted = { column: 0, up: true };
  let shown = null;

  const details = () => atlas.byId("table-details");
  atlas.refreshTable = function () {
    if (details().open && atlas.state) atlas.ask("table-of", atlas.state, "table");
  };
  document.addEventListener("toggle", (event) => { if (event.target.id === "table-details") atlas.refreshTable(); }, true);

  const number = (text) => Number(text.split(" ")[0].replace(/[,%+]/g, "").replace("\u2212", "-"));
  const compare = (column) => (a, b) => {
    const [x, y] = [number(a[column + 1]), number(b[column + 1])];
    const blank = (value, text) => Number.isNaN(value) || text === "";
    if (column === 0) return a[1].localeCompare(b[1], "en-GB", { numeric: true });
    if (blank(x, a[column + 1]) || blank(y, b[column + 1])) return blank(x, a[column + 1]) - blank(y, b[column + 1]);
    return x - y;
  };

  const cells = (row, columns) => columns.map((column) => (column === 0
    ? h("th", { scope: "row" }, row[0] && atlas.areas?.some((one) => one.code === row[0]) ? h("button", { type: "button", onclick: () => atlas.pick(row[0]) }, row[1]) : row[1])
    : h("td", { class: column < 5 ? "numeric" : "" }, row[column + 1])));

  const draw = function () {
    const { head, rows, foot } = shown;
    const used = [...rows, ...foot].some((row) => row[6]);
    const columns = head.map((_, column) => column).filter((column) => head[column] && (column < 5 || used));
    const ordered = [...rows].sort(compare(sorted.column));
    if (!sorted.up) ordered.reverse();
    put("table-box",
      h("p", { class: "tags" }, atlas.tags(shown.tags)),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": shown.caption },
        h("table", {},
          h("caption", {}, shown.caption),
          h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col", class: column && column < 5 ? "numeric" : "", "aria-sort": sorted.column === column ? (sorted.up ? "ascending" : "descending") : "none" },
            h("button", { type: "button", "data-column": column, onclick: () => sort(column) }, head[column]))))),
          h("tbody", {}, ordered.map((row) => h("tr", { "data-code": row[0] }, cells(row, columns)))),
          h("tfoot", {}, foot.map((row) => h("tr", {}, cells(row, columns)))))),
      h("p", { class: "note" }, `${shown.method} Source: ${shown.source}.`));
    atlas.markTable();
  };

  const sort = function (column) {
    sorted = { column, up: sorted.column === column ? !sorted.up : column === 0 };
    draw();
    atlas.byId("table-box").querySelector(`[data-column="${column}"]`).focus();
  };

  clientside.drawTable = function (table) {
    if (!atlas.isWanted("table", table)) return;
    if (table.error) { put("table-box", table.error); return; }
    shown = table;
    draw();
  };

  atlas.markTable = function () {
    atlas.byId("table-box")?.querySelectorAll("tbody tr").forEach((row) => {
      row.classList.toggle("chosen", [atlas.choice.area, atlas.choice.beside].includes(row.dataset.code));
    });
  };
})(window.atlas, window.dash_clientside.atlas);
