/* Workers on the map and in the list point at each other; a click on the map chooses a worker as the list does. */
"use strict";
(function (atlas) {
  const at = (target) => {
    const found = target && target.closest && target.closest("#map [data-worker]");
    return found ? found.dataset.worker : "";
  };
  const point = function (worker) {
    document.querySelectorAll("#map .hovered").forEach((one) => one.classList.remove("hovered"));
    if (worker) document.querySelectorAll(`#map [data-worker="${CSS.escape(worker)}"]`).forEach((one) => one.classList.add("hovered"));
  };
  document.addEventListener("mouseover", (event) => { if (event.target.closest && event.target.closest("#map")) point(at(event.target)); });
  document.addEventListener("focusin", (event) => { if (event.target.closest && event.target.closest("#map tr")) point(at(event.target)); });

  /* The row of the chosen worker is brought into the list's view. */
  const show = function (worker) {
    const row = worker && document.querySelector(`#map tr[data-worker="${CSS.escape(worker)}"]`);
    if (!row) return;
    const box = row.closest(".workers-box");
    box.scrollTop += row.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  };
  document.addEventListener("click", async (event) => {
    const worker = event.target.closest && event.target.closest("#map svg.workers-map") ? at(event.target) : "";
    const link = worker && document.querySelector(`#map tr[data-worker="${CSS.escape(worker)}"] a`);
    if (!link) return;
    if (await atlas.followWorkers(link.getAttribute("href").split("#")[0])) show(worker);
  });
  const chosen = document.querySelector("#map tr.pointed");
  if (chosen) show(chosen.dataset.worker);
})(window.atlas);
