/* Step 3: which heading is which column of ours, and what else a person says of the file. */
"use strict";
(function (atlas, data) {
  const { h, byId } = atlas;

  /* What a person chose, else what was found. */
  data.headingOf = (file, column) => (column.key in file.mapping ? file.mapping[column.key] || "" : column.heading);
  data.lacking = (file) => file.preview.columns.filter((column) => column.required && !column.fixed && !data.headingOf(file, column));

  data.paintColumns = function (file) {
    const preview = file.preview, ready = Boolean(file.dataset);
    data.showStep("columns", ready);
    if (!ready) { data.showStep("check", false); data.showStep("import", false); data.paintRows(file); return; }
    const needed = preview.columns.filter((column) => column.required), more = preview.columns.filter((column) => !column.required);
    const grid = (columns) => h("div", { class: "columns" }, columns.map((column) => field(file, column)));
    const told = preview.notes.filter((note) => !/^No heading for|^The first row of the file holds no heading/.test(note));
    byId("columns").replaceChildren(...[
      preview.remembered ? data.note("Chosen as for the last file with these headings.") : "",
      ...told.map((note) => h("p", { class: "look-at" }, note)),
      needed.length ? h("fieldset", {}, h("legend", {}, "Needed"), grid(needed)) : "",
      more.length ? h("details", more.length > 14 ? {} : { open: "" }, h("summary", { id: "columns-found" }), grid(more)) : "",
      h("div", { class: "dropped", id: "dropped" }),
      about(file),
    ].filter(Boolean));
    repaint(file);
    data.check();
  };

  /* What follows from the choices. */
  const repaint = function (file) {
    const more = file.preview.columns.filter((column) => !column.required);
    if (more.length) byId("columns-found").textContent = `Not needed, but of use (${found(file, more)} of ${more.length} chosen)`;
    atlas.put("dropped", dropped(file));
    data.paintRows(file);
  };

  const found = (file, columns) => columns.filter((column) => column.fixed || data.headingOf(file, column)).length;

  const dropped = function (file) {
    const { names, headings, columns } = file.preview, used = columns.map((column) => data.headingOf(file, column));
    const rest = columns.some((column) => column.fixed) ? [] : headings.filter((heading) => heading && !used.includes(heading) && !names.includes(heading));
    return [
      names.length ? h("p", {}, h("strong", {}, "Dropped: holds names, addresses or contacts. "), names.join(", ")) : "",
      rest.length ? h("p", {}, h("strong", {}, "Not taken in. "), rest.join(", ")) : "",
    ];
  };

  const field = function (file, column) {
    const id = `column-${column.key}`;
    if (column.fixed) {
      return h("div", { class: "field" }, h("span", { class: "label" }, column.title), h("span", { class: "fixed" }, column.fixed));
    }
    const chosen = data.headingOf(file, column);
    const note = h("span", { class: "hint", id: `${id}-note` });
    const say = function () {
      const words = [];
      if (column.required && !data.headingOf(file, column)) words.push(h("strong", { class: "why" }, "Needed: choose its heading. "));
      if (column.guessed && !(column.key in file.mapping)) words.push(h("strong", { class: "please" }, "Please check: found by a near spelling. "));
      note.replaceChildren(...words, column.description || "");
    };
    const headings = [...new Set(file.preview.headings.filter(Boolean))].filter((heading) => !file.preview.names.includes(heading) || heading === chosen);
    const select = data.choose(id, [["", "not in this file"], ...headings.map((heading) => [heading, heading])], chosen, {
      "aria-describedby": `${id}-note`,
      "aria-required": column.required ? "true" : null,
      onchange: () => {
        file.mapping[column.key] = select.value || null;
        say();
        repaint(file);
        data.check();
      },
    });
    say();
    return h("div", { class: "field" }, h("label", { for: id }, column.title, column.required ? h("span", { class: "needed" }, " (needed)") : ""), select, note);
  };

  /* What may be said of the file as a whole: only what its dataset takes. */
  const LABELS = {
    covers_from: ["Complete from", "date", "The first day for which the file has every record. Left out, it is taken from the dates in the file."],
    covers_to: ["Complete to", "date", "The last such day."],
    reference_date: ["Counts at", "date", "The day the figures are of, where the file does not say."],
    edition: ["Edition", ["", "2019", "2025"], "Of the indices; else told by the headings or the file's name."],
    scheme: ["Which areas", "text", "The scheme's key, such as ward or community_board; else told by the headings."],
    title: ["Name of the areas", "text", "For people, such as Community boards."],
    vintage: ["Codes of the year", "year", "The year that the areas' codes are of."],
    valid_from: ["In force from", "date", ""],
    valid_to: ["In force until", "date", "The first day that they are no longer in force."],
    code_field: ["Property with the code", "text", "Of outlines; found by itself where it can be."],
    name_field: ["Property with the name", "text", ""],
    crs: ["Coordinate system", "text", "Of outlines that state none, such as EPSG:27700."],
    basis: ["What kind of figures", [["real", "Real"], ["synthetic", "Synthetic: the people are made up"], ["modelled", "Modelled: computed from other figures"], ["illustrative", "Illustrative: made up as an example"]], "Stands wherever these figures do."],
  };
  const OF_OUTLINES = ["code_field", "name_field", "crs"];

  const about = function (file) {
    const asks = data.dataset(file.dataset).asks.filter((key) => !OF_OUTLINES.includes(key) || file.preview.kind === "outlines");
    const fields = asks.filter((key) => LABELS[key]).map((key) => option(file, key));
    if (asks.includes("beside_synthetic") && data.state.synthetic) fields.push(beside(file));
    return h("fieldset", { class: "about" }, h("legend", {}, "About the file"), h("div", { class: "columns" }, fields));
  };

  const option = function (file, key) {
    const [label, kind, hint] = LABELS[key], id = `said-${key}`;
    const take = (event) => {
      const value = event.target.value;
      if (value) file.said[key] = value; else delete file.said[key];
      /* Which areas are meant decides which columns of a look-up are. */
      if (key === "scheme" && file.preview.headings.length) data.look({ ...file.said });
      else data.check();
    };
    const attributes = { "aria-describedby": hint ? `${id}-note` : null, onchange: take };
    const values = Array.isArray(kind) && kind.map((one) => (Array.isArray(one) ? one : [one, one || "told by the file"]));
    const control = values ? data.choose(id, values, file.said[key] || "", attributes)
      : h("input", { id, value: file.said[key] || "", type: kind === "date" ? "date" : "text", inputmode: kind === "year" ? "numeric" : null, maxlength: kind === "year" ? "4" : "200", autocomplete: "off", list: key === "scheme" ? "schemes" : null, ...attributes });
    const known = key === "scheme" && data.state.areas
      ? h("datalist", { id: "schemes" }, data.state.areas.schemes.map((one) => h("option", { value: one.key }, one.title))) : "";
    return h("div", { class: "field" }, h("label", { for: id }, label), control, known, hint ? h("span", { class: "hint", id: `${id}-note` }, hint) : "");
  };

  const beside = function (file) {
    const box = h("input", { type: "checkbox", id: "said-beside", checked: file.said.beside_synthetic ? "" : null, onchange: () => { file.said.beside_synthetic = box.checked; data.check(); } });
    return h("div", { class: "field tick" }, box, h("label", { for: "said-beside" }, "Beside the demonstration"),
      h("span", { class: "hint" }, "Real children are kept apart from synthetic ones unless you tick this."));
  };
})(window.atlas, window.atlas.data);
