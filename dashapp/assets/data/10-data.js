/* What every part of the Data page needs: asking the server, following a job, saying no, asking whether one is sure. */
"use strict";
window.atlas.data = { state: null };

(function (atlas, data) {
  const { h, byId } = atlas;

  data.number = (value) => Number(value).toLocaleString("en-GB");
  data.count = (value, one, many) => `${data.number(value)} ${value === 1 ? one : many || `${one}s`}`;

  const read = async function (response) {
    let found = {};
    try { found = await response.json(); } catch (error) { /* no JSON: an old server, or none */ }
    if (!response.ok && !found.error) found.error = `The server answered with ${response.status}. Reload the page and try again.`;
    return { ok: response.ok, status: response.status, ...found };
  };
  const GONE = { ok: false, status: 0, error: "The server does not answer. Is it still running? Then try again." };

  data.get = async function (address) {
    try { return await read(await fetch(address, { cache: "no-store" })); } catch (error) { return GONE; }
  };
  data.post = async function (address, body, more) {
    const headers = { "X-Atlas": "1", "Content-Type": "application/json" };
    try {
      return await read(await fetch(address, { method: "POST", headers, body: JSON.stringify(body || {}), ...more }));
    } catch (error) { return GONE; }
  };

  /* Ask until a job has ended; `tell` hears how far it is. A server that is silent for a moment is asked again. */
  const SOON_MS = 120, LATER_MS = 500, PATIENCE = 8;
  data.follow = async function (job, tell) {
    let silent = 0;
    for (let asked = 0; job.state === "running"; asked += 1) {
      tell(job);
      await new Promise((resolve) => setTimeout(resolve, asked < 8 ? SOON_MS : LATER_MS));
      const found = await data.get(`data/jobs/${job.id}.json`);
      if (found.ok) { job = found; silent = 0; continue; }
      silent += 1;
      if (found.status || silent > PATIENCE) return { ...job, state: "refused", error: found.error };
    }
    return job;
  };

  /* A refusal stands where it arose, and takes the focus there. */
  data.refuse = function (box, text, ...more) {
    const note = h("div", { class: "refusal", role: "alert", tabindex: "-1" }, h("p", {}, text), ...more);
    box.replaceChildren(note);
    note.focus();
    return note;
  };
  data.note = (text) => h("p", { class: "hint" }, text);

  /* A bar with words; the words are told to a screen reader only when the step changes. */
  data.bar = function (label, cancel) {
    const bar = h("progress", { max: "1", value: "0", "aria-label": label });
    const words = h("span", { class: "step-words" }, label);
    const button = cancel && h("button", { type: "button", class: "cancel", onclick: cancel }, "Cancel");
    const box = h("div", { class: "bar-line" }, bar, words, button);
    let said = "";
    box.show = function (step, share) {
      bar.value = share;
      words.textContent = share > 0 && share < 1 ? `${step} (${Math.round(share * 100)}%)` : step;
      if (step !== said) { said = step; atlas.say(step); }
    };
    return box;
  };

  /* Ask whether one is sure, in a dialog of the browser's own: it keeps the focus and gives it back. */
  data.sure = function (title, text, yes) {
    const dialog = byId("sure");
    byId("sure-title").textContent = title;
    byId("sure-text").textContent = text;
    byId("sure-yes").textContent = yes;
    return new Promise((resolve) => {
      dialog.returnValue = "";
      dialog.onclose = () => resolve(dialog.returnValue === "yes");
      byId("sure-yes").onclick = () => dialog.close("yes");
      byId("sure-no").onclick = () => dialog.close("");
      dialog.showModal();
      byId("sure-no").focus();
    });
  };

  /* A table with a caption; on a narrow screen each row becomes a block whose cells carry their headings. */
  data.table = function (caption, headings, rows, options) {
    const { numeric = [], hidden = true, name = "" } = options || {};
    const head = headings.map((heading, place) =>
      h("th", { scope: "col", role: "columnheader", class: numeric.includes(place) ? "numeric" : null }, heading));
    const body = rows.map((cells) => h("tr", { role: "row" }, cells.map((cell, place) => {
      const attributes = { "data-label": headings[place], class: numeric.includes(place) ? "numeric" : null };
      return place === 0
        ? h("th", { scope: "row", role: "rowheader", ...attributes }, cell)
        : h("td", { role: "cell", ...attributes }, cell);
    })));
    return h("table", { role: "table", class: `stacked ${name}` },
      h("caption", { class: hidden ? "unseen" : null }, caption),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, head)), h("tbody", { role: "rowgroup" }, body));
  };

  /* Everything that is shown of the workspace is asked for again after a change. */
  const painters = [];
  data.painter = (paint) => painters.push(paint);
  data.refresh = async function () {
    const state = await data.get("data/state.json");
    if (!state.ok) { data.refuse(byId("trouble"), state.error); return; }
    data.state = state;
    byId("trouble").replaceChildren();
    if (state.trouble) byId("trouble").append(h("p", { class: "refusal" }, state.trouble));
    painters.forEach((paint) => paint(state));
  };

  data.dataset = (key) => data.state.datasets.find((one) => one.key === key);
  data.choose = (key, values, chosen, attributes) => {
    const select = h("select", { id: key, ...attributes },
      values.map(([value, words]) => h("option", { value, selected: value === chosen ? "" : null }, words)));
    return select;
  };
})(window.atlas, window.atlas.data);
