/* What is loaded, the areas in force, the history with the way back, sources and licences. */
"use strict";
(function (atlas, data) {
  const { h, byId } = atlas;

  const basis = (part) => (part.basis === "real" ? h("span", { class: "hint" }, "real") : h("span", { class: "tag", title: part.basis_words }, part.basis));
  const complete = function (part) {
    if (!part.complete) return h("span", { class: "hint" }, "outlines");
    const { have, of, lacks } = part.complete;
    const some = lacks.length > 2 ? `${lacks.slice(0, 2).join(", ")} and ${lacks.length - 2} more` : lacks.join(", ");
    return [h("span", {}, `${have} of ${data.count(of, "column")}`), lacks.length ? h("span", { class: "hint" }, `without ${some}`) : ""];
  };
  const count = (part) => [
    data.number(part.rows),
    part.removed ? h("span", { class: "hint" }, `${data.count(part.removed, "row")} removed since`) : "",
  ];
  const lines = (...parts) => h("div", { class: "lines" }, parts.flat(Infinity).filter(Boolean).map((part) => (typeof part === "string" ? h("span", {}, part) : part)));

  const row = (one) => (part) => [
    lines(h("strong", {}, one.title), part.about ? h("span", { class: "hint" }, part.about) : "", basis(part)),
    lines(count(part)),
    lines(part.when || h("span", { class: "hint" }, "states no date")),
    lines(complete(part)),
    data.number(part.set_aside),
    part.match || h("span", { class: "hint" }, "\u2013", h("span", { class: "unseen" }, " not by postcode")),
    lines(h("span", { class: "file-name" }, part.source), h("span", { class: "hint" }, `imported ${part.imported}`),
      part.expired ? h("strong", { class: "why" }, "may no longer be kept") : part.kept_until ? h("span", { class: "hint" }, `kept until ${part.kept_until}`) : ""),
    lines(part.report ? h("button", { type: "button", "aria-label": `Report: ${one.title}, ${part.source}`, onclick: () => data.showReport(part.report) }, "Report") : "",
      part.quarantine ? h("a", { href: part.quarantine, download: "", "aria-label": `Rows set aside (CSV): ${one.title}, ${part.source}` }, "Set aside (CSV)") : "",
      part.flagged_list ? h("a", { href: part.flagged_list, download: "", "aria-label": `${data.number(part.flagged)} to look at (CSV): ${one.title}, ${part.source}` }, `${data.number(part.flagged)} to look at`) : ""),
  ];

  data.painter(function (state) {
    const loaded = state.datasets.filter((one) => one.parts.length), rest = state.datasets.filter((one) => !one.parts.length);
    byId("summary").textContent = state.snapshot
      ? `${loaded.length} of ${state.datasets.length} datasets are loaded. The snapshot in force was made on ${state.loaded}.`
      : "Nothing is loaded yet.";
    const headings = ["Dataset", "Rows", "From when", "How complete", "Set aside", "Postcodes matched", "File", "More"];
    byId("loaded-box").replaceChildren(
      loaded.length ? h("div", { class: "wide-box" }, data.table("What is loaded", headings, loaded.flatMap((one) => one.parts.map(row(one))), { numeric: [1, 4, 5], name: "loaded" })) : data.note("Nothing is loaded yet: add a file above."),
      rest.length ? h("details", { open: loaded.length ? null : "" }, h("summary", {}, `Not loaded (${rest.length})`), h("ul", { class: "not-loaded" }, rest.map(missing))) : "");
  });

  const missing = (one) => h("li", {}, h("strong", {}, one.title), h("p", {}, one.plain),
    h("p", { class: "hint" }, one.needs.length ? `Needs: ${one.needs.join(", ")}. ` : "", "Add a file above, or: ", h("code", {}, `locality-atlas import ${one.key} FILE`)));

  data.painter(function (state) {
    const areas = state.areas;
    if (!areas) { byId("areas-box").replaceChildren(data.note("The areas in force cannot be read.")); return; }
    const rows = areas.schemes.map((one) => [one.title, data.number(one.areas), one.status, one.in_force || "no dates", one.note]);
    byId("areas-box").replaceChildren(
      h("p", {}, `Small areas: ${areas.atoms}. ${areas.imported ? "Some areas were imported." : "All areas are those of the reference pack."}`),
      areas.waiting.length ? h("ul", { class: "warnings" }, areas.waiting.map((text) => h("li", {}, text))) : "",
      h("details", {}, h("summary", {}, `The ${rows.length} schemes that figures are shown by`),
        data.table("Area schemes", ["Scheme", "Areas", "Status", "In force", "What they are"], rows, { numeric: [1] })));
  });

  const SHOWN = 12;
  let all = false;
  data.painter(function paint(state) {
    const shown = all ? state.history : state.history.slice(0, SHOWN);
    const rows = shown.map((one) => [
      one.when, one.action,
      one.in_force ? h("span", { class: "in-force" }, "\u2713 in force")
        : h("button", { type: "button", "aria-label": `Go back to this one: ${one.when}, ${one.action}`, onclick: () => goBack(one) }, "Go back to this one"),
    ]);
    byId("history-box").replaceChildren(
      data.table("Snapshots, newest first", ["When", "What happened", "State"], rows, { name: "history" }),
      state.history.length > shown.length ? h("p", {}, h("button", { type: "button", onclick: () => { all = true; paint(data.state); } }, `Show all ${state.history.length}`)) : "",
      h("div", { id: "history-trouble" }));
  });

  const goBack = async function (one) {
    const sure = await data.sure("Go back to this snapshot?", `The map and every figure will again be those of ${one.when} (${one.action}). Nothing is deleted: later snapshots stay listed, and you can come forward again.`, "Go back");
    if (!sure) return;
    const job = await data.change({ do: "rollback", to: one.id }, byId("history-trouble"));
    if (!job) return;
    await data.refresh();
    const done = h("p", { class: "done", tabindex: "-1" }, `Done. In force is the snapshot of ${one.when}.`);
    byId("history-trouble").replaceChildren(done);
    done.focus();
  };

  /* Have the worker change something; a refusal is shown in the box. Returns the job, or null. */
  data.change = async function (question, box) {
    const bar = data.bar("Working");
    box.replaceChildren(bar);
    const started = await data.post("data/jobs", question);
    if (!started.ok) { data.refuse(box, started.error); return null; }
    const job = await data.follow(started, (now) => bar.show(now.step, now.share));
    if (job.state !== "done") { data.refuse(box, job.error || "It was stopped."); return null; }
    box.replaceChildren();
    return job;
  };

  data.painter(function (state) {
    const { listed, attribution, licence, licence_url } = state.sources;
    const pack = listed.map((one) => [h("strong", {}, one.name), one.publisher, one.vintage, one.taken, `${one.package} ${one.version}`]);
    const files = state.datasets.flatMap((one) => one.parts.map((part) => [one.title, part.source, part.sha, part.imported]));
    byId("sources-box").replaceChildren(
      h("h3", {}, "Reference pack: boundaries, postcodes, look-ups"),
      data.table("Sources of the reference pack", ["Source", "Publisher", "Vintage", "What was taken", "Package"], pack),
      h("p", {}, "Licence: ", h("a", { href: licence_url, rel: "noreferrer" }, licence), "."),
      h("h3", {}, "Attribution"),
      h("p", { class: "hint" }, "Show this with every map and figure that you publish."),
      h("ul", { class: "attribution" }, attribution.map((line) => h("li", {}, line))),
      h("h3", {}, "Files that were loaded"),
      files.length ? data.table("Loaded files", ["Dataset", "File", "SHA-256 begins", "Imported"], files) : data.note("None."));
  });

  /* The bar above the page says the same as the page. */
  data.painter(function (state) {
    const facts = document.querySelector(".top-bar .facts"), date = facts && facts.querySelector("[title]");
    if (!date || !state.snapshot) return;
    date.title = state.snapshot;
    date.textContent = `Data of ${state.loaded.split(",")[0]}`;
    const badge = facts.querySelector(".badge");
    if (badge && !state.synthetic) badge.remove();
    else if (badge) badge.textContent = state.synthetic;
    else if (state.synthetic) facts.append(h("span", { class: "badge" }, state.synthetic));
  });
})(window.atlas, window.atlas.data);
