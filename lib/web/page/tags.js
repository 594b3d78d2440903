// SPDX-License-Identifier: MIT
// Tags (labels of samples): a bar for each value.

// Sizes are compared as numbers, all else as expressions.
function tagFilter(key, { text, filter }) {
  return filter ?? (/^-?[\d.]+[a-zA-Zµ]+$/.test(text) ? `${key}=${text}` : `${key}=^${quote(text)}$`);
}

function tagRow(key, value) {
  const filter = tagFilter(key, value);
  const bar = make("span", { class: "bar", "aria-hidden": "true" });
  bar.style.setProperty("--share", `${Math.max(0, Math.min(100, Math.abs(value.percent)))}%`);
  return make("tr", {},
    make("th", { scope: "row" }, make("a", { href: here({ tf: filter }), title: "Only samples with this tag" }, value.text || "(empty)")),
    make("td", { class: "bars" }, bar), make("td", {}, value.value_text), make("td", {}, percentText(value.percent)),
    make("td", { class: "acts" }, make("a", { href: here({ tf: filter }), "aria-label": `Focus on ${value.text}` }, "Focus"),
      make("a", { href: here({ ti: filter }), "aria-label": `Ignore ${value.text}` }, "Ignore")));
}

const tags = { answer: null };

function fillTags() {
  const { tags: keys, total_text: total } = tags.answer;
  const matches = matcher($("search").value.trim());
  const shown = keys.map(({ key, value_text: sum, values }) => {
    const kept = matches(key) ? values : values.filter(({ text }) => matches(text));
    return kept.length && make("section", { class: "tag-key" },
      make("h2", {}, key, make("small", {}, `${sum} of ${total}`)),
      make("table", { class: "tags" }, make("tbody", {}, kept.map((value) => tagRow(key, value)))));
  }).filter(Boolean);
  $("main").replaceChildren(...shown, shown.length ? "" : make("p", { class: "notice" },
    keys.length ? "No tag matches." : "The samples have no tags. In Go, pprof.Do and pprof.SetGoroutineLabels set them; a capture of several pods has pod, namespace and service."));
}

views.tags = {
  title: "Tags", search: "Filter tags", load: (signal, params) => ask("tags", { signal, params }),
  draw(answer) {
    tags.answer = answer;
    fillTags();
  },
  find: fillTags,
};
