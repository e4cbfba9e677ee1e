/* The page on children missing education: a chooser asks for the same page again and takes its sections in place. */
"use strict";
(function (atlas) {
  /* The sections of the page say by `data-swap` what can be exchanged: the map alone, or everything for another year. */
  const part = (name, within) => (within || document).querySelector(`[data-swap="${name}"]`);
  let asked = 0;

  const addressOf = function (form) {
    const query = new URLSearchParams(new FormData(form));
    return `${form.getAttribute("action").split("#")[0]}?${query}`.replace(/%2F/g, "/");
  };

  /* The chooser that was used keeps the focus, and what was open stays open; the page does not move under the reader. */
  const swap = function (name, fresh) {
    const old = part(name), next = part(name, fresh);
    if (!old || !next) return false;
    const { id } = document.activeElement || {};
    const open = [...old.querySelectorAll("details[open] > summary")].map((one) => one.textContent);
    const { top } = old.getBoundingClientRect();
    old.replaceWith(next);
    next.querySelectorAll("details > summary").forEach((one) => { if (open.includes(one.textContent)) one.parentElement.open = true; });
    if (id && document.getElementById(id)) document.getElementById(id).focus({ preventScroll: true });
    window.scrollBy(0, next.getBoundingClientRect().top - top);
    atlas.watchCharts(next);
    return true;
  };

  /* What cannot be taken in place is loaded anew, and goes on where it was left. */
  const KEPT = "cme-left-at";
  const load = function (address) {
    const { id } = document.activeElement || {};
    try { sessionStorage.setItem(KEPT, JSON.stringify({ id, top: window.scrollY })); } catch (error) { /* private mode */ }
    location.replace(address);
  };
  const resume = function () {
    let left = null;
    try { left = JSON.parse(sessionStorage.getItem(KEPT)); sessionStorage.removeItem(KEPT); } catch (error) { /* private mode */ }
    if (!left) return;
    window.scrollTo(0, left.top);
    if (left.id && document.getElementById(left.id)) document.getElementById(left.id).focus({ preventScroll: true });
  };
  const follow = async function (form) {
    const address = addressOf(form);
    const mine = asked += 1;
    const name = form.closest("[data-swap]").dataset.swap === "where" ? "where" : "page";
    part(name).setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, { cache: "no-store" });
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      if (mine !== asked) return;
      if (!response.ok || !swap(name, fresh)) { load(address); return; }
      /* The other form carries what this one chose. */
      if (name === "where") document.querySelector(".year-form").replaceWith(fresh.querySelector(".year-form"));
      document.title = fresh.title;
      history.replaceState(null, "", address);
      const says = part(name).querySelector(".says, .lead");
      if (says) atlas.say(says.textContent);
    } catch (error) {
      load(address);
    }
  };

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-live]");
    if (form) follow(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-live]");
    if (!form) return;
    event.preventDefault();
    follow(form);
  });
  document.addEventListener("click", async (event) => {
    if (!event.target.closest("#print")) return;
    if (atlas.drawCharts) await atlas.drawCharts();
    window.print();
  });

  /* Paper shows every table; afterwards the folded ones are folded again. */
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.folded:not([open])")];
    opened.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => { opened.forEach((one) => { one.open = false; }); opened = []; });
  atlas.themed();
  resume();
})(window.atlas);
