/* The heat map: a row of the table and its shape point at each other, by mouse and by keyboard. */
"use strict";
(function () {
  const ofArea = (code, what) => [...document.querySelectorAll(`#where ${what}[data-area]`)].find((one) => one.dataset.area === code);

  const point = function (code) {
    document.querySelectorAll("#where tr.pointed").forEach((row) => row.classList.remove("pointed"));
    const edge = document.getElementById("chosen-edge");
    if (!edge) return;
    const shape = code && ofArea(code, "path");
    edge.setAttribute("d", shape ? shape.getAttribute("d") : "");
    const row = code && ofArea(code, "tr");
    if (row) row.classList.add("pointed");
  };

  const codeAt = (target) => {
    const found = target && target.closest && target.closest("#where [data-area]");
    return found ? found.dataset.area : "";
  };
  /* What has the focus stays marked while the mouse is elsewhere. */
  const focused = () => codeAt(document.activeElement);

  document.addEventListener("mouseover", (event) => {
    if (event.target.closest && event.target.closest("#where")) point(codeAt(event.target) || focused());
  });
  document.addEventListener("focusin", () => point(focused()));
  document.addEventListener("click", (event) => {
    const shape = event.target.closest && event.target.closest("#where path[data-area]");
    const link = shape && ofArea(shape.dataset.area, "tr") && ofArea(shape.dataset.area, "tr").querySelector("a");
    if (link) link.focus();
  });
})();
