// SPDX-License-Identifier: MIT
// Named settings, and the report as a file.

function settingsOf(params) {
  const kept = new URLSearchParams();
  for (const key of settingKeys) if (params.get(key)) kept.set(key, params.get(key));
  return kept;
}

function withSettings(query) {
  const next = bare();
  for (const [key, value] of settingsOf(new URLSearchParams(query))) next.set(key, value);
  return linkTo(place.view, {}, next);
}

async function changeConfig(method, name, params = new URLSearchParams()) {
  const query = new URLSearchParams({ config: name });
  for (const [key, value] of params) query.set(key, value);
  await ask("configs", { method, params: query });
  session.configs = (await ask("session")).configs ?? [];
}

function configRow({ name, query }) {
  const current = settingsOf(new URLSearchParams(query)).toString() === settingsOf(place.params).toString();
  const remove = async () => {
    closeMenu();
    try {
      await changeConfig("DELETE", name);
      say(`${name} deleted`);
    } catch (error) {
      openDialog("Not deleted", errorBox(error), closeButton());
    }
  };
  return make("div", { class: "row" },
    make("a", { href: withSettings(query), "aria-current": current && "true" }, name),
    make("button", { class: "cross", "aria-label": `Delete ${name}`, title: "Delete", onclick: remove }, "×"));
}

const closeButton = () => make("p", { class: "buttons" }, make("button", { onclick: closeDialog, autofocus: true }, "Close"));

function saveDialog() {
  closeMenu();
  const name = make("input", { name: "name", required: true, maxlength: "100", autofocus: true, autocomplete: "off" });
  const wrong = make("p", { class: "wrong", role: "alert" });
  const form = make("form", { class: "fields" }, make("label", {}, make("span", {}, "Name"), name), wrong,
    make("p", { class: "buttons" }, make("button", { class: "main" }, "Save"),
      make("button", { type: "button", onclick: closeDialog }, "Cancel")));
  form.onsubmit = async (event) => {
    event.preventDefault();
    try {
      await changeConfig("POST", name.value.trim(), settingsOf(place.params));
      closeDialog();
      say(`saved as ${name.value}`);
    } catch (error) {
      const { what, why } = explain(error);
      wrong.textContent = `${what} ${why}`;
    }
  };
  openDialog("Save filters and options as", form);
}

function settingsMenu() {
  return make("div", { class: "items" },
    make("button", { onclick: saveDialog }, "Save as…"), make("hr"),
    make("a", { href: withSettings(""), "aria-current": settingsOf(place.params).size === 0 && "true" }, "Default"),
    session.configs.map(configRow));
}

const formats = [["pb.gz", "Profile", "as it is, for go tool pprof"], ["html", "Flame graph", "one HTML file"],
  ["svg", "Flame graph", "a picture, SVG"], ["text", "Top", "plain text"], ["dot", "Graph", "for Graphviz"],
  ["folded", "Stacks", "folded, one a line"]];

function downloadMenu() {
  return make("div", { class: "items two" }, formats.map(([format, name, hint]) => {
    const query = changed({ format });
    return make("a", { href: `/download?${query}`, download: true }, `${name} .${format}`, make("small", {}, hint));
  }));
}
