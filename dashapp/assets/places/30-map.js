/* The settings: a sign and its row point at each other, by mouse and by keyboard. */
"use strict";
(function () {
  const at = (target) => {
    const found = target && target.closest && target.closest("#map [data-setting]");
    return found ? found.dataset.setting : "";
  };
  const point = function (number) {
    document.querySelectorAll("#map .pointed").forEach((one) => one.classList.remove("pointed"));
    if (number) document.querySelectorAll(`#map [data-setting="${CSS.escape(number)}"]`).forEach((one) => one.classList.add("pointed"));
  };
  document.addEventListener("mouseover", (event) => { if (event.target.closest && event.target.closest("#map")) point(at(event.target)); });
  document.addEventListener("click", (event) => {
    const number = event.target.closest && event.target.closest("#map svg") ? at(event.target) : "";
    const row = number && document.querySelector(`#map tr[data-setting="${CSS.escape(number)}"]`);
    if (!row) return;
    const box = row.closest(".settings-box");
    box.scrollTop += row.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
    point(number);
  });
})();
