/* Step 1 and 2: a file comes in, the worker looks at it, and a person says what it is. */
"use strict";
(function (atlas, data) {
  const { h, byId } = atlas;
  const STEPS = ["look", "columns", "check", "import", "report"];
  const drop = byId("drop"), input = byId("file");
  let sending = null;

  /* What is being taken in: the files, the look at them, and what a person said so far. */
  data.file = null;

  data.showStep = (step, shown) => { byId(`step-${step}`).hidden = !shown; };
  data.startAgain = function () {
    if (sending) sending.abort();
    if (data.file) {
      data.stopCheck();
      data.post(`data/uploads/${data.file.token}/discard`);
    }
    data.file = null;
    STEPS.forEach((step) => { data.showStep(step, false); byId(step).replaceChildren(); });
    byId("file-progress").replaceChildren();
    byId("file-trouble").replaceChildren();
  };

  data.leave = function () {
    data.startAgain();
    input.value = "";
    input.focus();
  };

  const tooLarge = function (files, text) {
    const command = byId("data").dataset.command.replace("FILE", files[0].name);
    data.refuse(byId("file-trouble"), text, h("pre", { tabindex: "0", "aria-label": "Command" }, h("code", {}, command)),
      h("p", { class: "hint" }, "DATASET says what it is: ", data.state.datasets.map((one) => one.key).join(", "), ". Put its folder before the file's name."));
  };

  /* One file after the other, each as it is: no form, no encoding. */
  const send = (file, token, tell) => new Promise((resolve) => {
    const request = new XMLHttpRequest();
    sending = request;
    request.open("POST", "data/uploads");
    request.setRequestHeader("X-Atlas", "1");
    request.setRequestHeader("X-Atlas-Name", encodeURIComponent(file.name));
    if (token) request.setRequestHeader("X-Atlas-Token", token);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => tell(event.loaded);
    request.onload = () => {
      let found = {};
      try { found = JSON.parse(request.responseText); } catch (error) { /* not from us */ }
      resolve({ ok: request.status === 200, status: request.status, error: `The server answered with ${request.status}.`, ...found });
    };
    request.onerror = () => resolve({ ok: false, status: 0, error: "The file could not be read or sent. Is it open in another program, or has the server stopped? Try again." });
    request.onabort = () => resolve({ ok: false, aborted: true });
    request.send(file);
  });

  const take = async function (files) {
    data.startAgain();
    const total = files.reduce((sum, file) => sum + file.size, 0), limit = Number(byId("data").dataset.limit);
    if (total > limit) {
      const has = files.length > 1 ? "The files are" : `'${files[0].name}' is`;
      tooLarge(files, `${has} ${data.number(Math.ceil(total / 1e6))} MB; this page takes up to ${limit / 1e6} MB. Import it with this command:`);
      return;
    }
    const bar = data.bar("Copying", () => { data.leave(); atlas.say("Cancelled. Nothing was kept."); });
    byId("file-progress").replaceChildren(bar);
    let token = "", done = 0;
    for (const file of files) {
      const found = await send(file, token, (loaded) => bar.show("Copying", total ? (done + loaded) / total : 1));
      sending = null;
      if (found.aborted) return;
      if (!found.ok) {
        byId("file-progress").replaceChildren();
        if (token) data.post(`data/uploads/${token}/discard`);
        if (found.status === 413) tooLarge(files, `${found.error} this command:`);
        else data.refuse(byId("file-trouble"), found.error);
        return;
      }
      token = found.token;
      done += file.size;
    }
    data.file = { token, names: files.map((file) => file.name), dataset: "", preview: null, mapping: {}, said: {} };
    await data.look({});
  };

  /* Have the worker look, by what was said so far. */
  data.look = async function (said) {
    const file = data.file;
    byId("file-trouble").replaceChildren();
    data.stopCheck();
    const started = await data.post("data/jobs", { do: "look", token: file.token, dataset: file.dataset, said });
    if (data.file !== file) return;
    if (!started.ok) { byId("file-progress").replaceChildren(); data.refuse(byId("file-trouble"), started.error, again(said)); return; }
    const bar = data.bar("Looking at the file", () => { data.post(`data/jobs/${started.id}/cancel`); data.leave(); });
    byId("file-progress").replaceChildren(bar);
    const job = await data.follow(started, (now) => bar.show(now.step, now.share));
    if (data.file !== file) return;
    byId("file-progress").replaceChildren();
    if (job.state !== "done") {
      ["look", "columns", "check", "import"].forEach((step) => data.showStep(step, false));
      data.refuse(byId("file-trouble"), job.error || "It was stopped.");
      data.post(`data/uploads/${file.token}/discard`);
      return;
    }
    file.preview = job.preview;
    file.dataset = job.preview.dataset;
    file.mapping = {};
    file.said = { ...said, ...(job.preview.sheet ? { sheet: job.preview.sheet } : {}) };
    paintLook(file);
    data.paintColumns(file);
    atlas.say(`${describe(file.preview)}. ${file.dataset ? `It looks like: ${data.dataset(file.dataset).title}.` : "Say what it is."}`);
  };
  const again = (said) => h("p", {}, h("button", { type: "button", onclick: () => data.look(said) }, "Try again"));

  const KINDS = { csv: "CSV", xlsx: "Excel workbook", parquet: "Parquet", outlines: "outlines of areas" };
  const describe = function (preview) {
    const parts = [KINDS[preview.kind] || preview.kind];
    if (preview.rows_in_all) parts.push(data.count(preview.rows_in_all, "row"));
    if (preview.headings.length) parts.push(data.count(preview.headings.filter(Boolean).length, "column"));
    if (preview.modules.length) parts.push(data.count(preview.modules.length, "file"));
    return parts.join(", ");
  };

  const paintLook = function (file) {
    const preview = file.preview;
    const all = data.state.datasets, named = (keys) => keys.map((key) => data.dataset(key));
    const others = all.filter((one) => !preview.fits.includes(one.key) && !preview.nearly.includes(one.key));
    const option = (one) => h("option", { value: one.key, selected: one.key === file.dataset ? "" : null }, one.title);
    const group = (label, list) => (list.length ? h("optgroup", { label }, list.map(option)) : "");
    const select = h("select", { id: "dataset", "aria-describedby": "dataset-plain", onchange: () => { file.dataset = select.value; data.look(sheetSaid()); } },
      file.dataset ? null : h("option", { value: "" }, "Choose"),
      group("Fits this file", named(preview.fits)), group("Fits in part", named(preview.nearly)), group("Others", others));
    const sheetSaid = () => (file.said.sheet ? { sheet: file.said.sheet } : {});
    const sheets = preview.sheets.length > 1
      ? h("p", { class: "field" }, h("label", { for: "sheet-of" }, "Sheet"),
        data.choose("sheet-of", preview.sheets.map((name) => [name, name]), preview.sheet,
          { onchange: (event) => { file.dataset = ""; data.look({ sheet: event.target.value }); } }))
      : null;
    byId("look").replaceChildren(
      h("p", {}, h("strong", {}, file.names.length > 1 ? `${file.names.length} files` : preview.name), `: ${describe(preview)}`),
      preview.modules.length ? modules(preview) : "",
      sheets || "",
      h("p", { class: "field" }, h("label", { for: "dataset" }, "Dataset"), select),
      h("p", { class: "hint", id: "dataset-plain" }, fitWords(file)),
      preview.headings.length ? h("div", { id: "first-rows" }) : "",
      h("p", { class: "buttons" }, h("button", { type: "button", onclick: data.leave }, "Choose another file")));
    data.showStep("look", true);
  };

  const fitWords = function (file) {
    if (!file.dataset) return "The headings fit no dataset. Say what it is; then choose its columns.";
    const doubt = data.lacking(file).length ? "Please check: not all of its needed columns were found. "
      : file.preview.fits.length > 1 ? "Please check: other datasets fit this file too. " : "";
    return `${doubt}${data.dataset(file.dataset).plain}`;
  };

  const modules = (preview) => data.table("Files of the return", ["File", "Module"],
    preview.modules.map(([name, module]) => [name, module || "not a module that is read"]));

  /* The first rows, under what becomes of each column. */
  data.paintRows = function (file) {
    const preview = file.preview, box = byId("first-rows");
    if (!box) return;
    const used = new Map();
    preview.columns.forEach((column) => { const heading = data.headingOf(file, column); if (heading) used.set(heading, column.title); });
    const fixed = preview.columns.some((column) => column.fixed);
    const fate = (heading) => {
      if (used.has(heading)) return h("span", { class: "fate ours" }, `\u2192 ${used.get(heading)}`);
      if (preview.names.includes(heading)) return h("span", { class: "fate" }, "dropped: holds names, addresses or contacts");
      return h("span", { class: "fate" }, fixed ? "" : "not taken in");
    };
    const head = preview.headings.map((heading) => h("th", { scope: "col" }, heading || h("span", { class: "unseen" }, "no heading"), fate(heading)));
    box.replaceChildren(
      h("div", { class: "scroll rows", tabindex: "0", role: "region", "aria-label": "First rows of the file" },
        h("table", {}, h("caption", { class: "unseen" }, "First rows of the file"), h("thead", {}, h("tr", {}, head)),
          h("tbody", {}, preview.rows.map((row) => h("tr", {}, row.map((cell) => h("td", {}, cell))))))),
      h("p", { class: "hint" }, `The first ${preview.rows.length} of ${data.count(preview.rows_in_all, "row")}. Of columns that were not recognised only the shape of the cells is shown.`));
  };

  /* So that the same file, corrected meanwhile, can be chosen again. */
  input.addEventListener("click", () => { input.value = ""; });
  input.addEventListener("change", () => { if (input.files.length) take([...input.files]); });
  ["dragover", "dragenter"].forEach((kind) => drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); }));
  ["dragleave", "drop"].forEach((kind) => drop.addEventListener(kind, () => drop.classList.remove("over")));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) take([...event.dataTransfer.files]);
  });
  /* A file that is dropped beside the box must not take the place of the page. */
  ["dragover", "drop"].forEach((kind) => window.addEventListener(kind, (event) => event.preventDefault()));
  window.addEventListener("pagehide", () => {
    if (data.file) data.post(`data/uploads/${data.file.token}/discard`, {}, { keepalive: true });
  });
})(window.atlas, window.atlas.data);
