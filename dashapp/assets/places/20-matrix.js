/* The matrix by keyboard: one stop of the tab key, arrow keys from cell to cell. Without a script each is a link. */
"use strict";
(function () {
  const cells = (row) => [...row.querySelectorAll("a.cell")];
  const rows = () => [...document.querySelectorAll("#gap-matrix tbody tr")].filter((row) => cells(row).length);

  const rove = function (chosen) {
    const all = document.querySelectorAll("#gap-matrix a.cell");
    if (!all.length) return;
    const one = chosen || document.querySelector("#gap-matrix a.cell[aria-current]") || all[0];
    all.forEach((cell) => { cell.tabIndex = cell === one ? 0 : -1; });
  };

  const MOVES = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest && event.target.closest("#gap-matrix a.cell");
    if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = rows(), row = all.findIndex((one) => one.contains(cell)), column = cells(all[row]).indexOf(cell);
    let wanted = null;
    if (event.key === "Home") wanted = cells(all[row])[0];
    else if (event.key === "End") wanted = cells(all[row]).at(-1);
    else if (MOVES[event.key]) {
      const [down, right] = MOVES[event.key];
      wanted = all[row + down] && cells(all[row + down])[column + right];
    } else return;
    event.preventDefault();
    if (wanted) wanted.focus();
  });
  document.addEventListener("focusin", (event) => {
    const cell = event.target.closest && event.target.closest("#gap-matrix a.cell");
    if (cell) rove(cell);
  });
  /* Another matrix may take the place of this one. */
  new MutationObserver(() => { if (!document.querySelector("#gap-matrix a.cell[tabindex]")) rove(null); }).observe(document.body, { childList: true, subtree: true });
  rove(null);
})();
