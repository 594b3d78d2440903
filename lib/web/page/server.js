// SPDX-License-Identifier: MIT
// Asking the program, and telling what went wrong in words.

class Refusal extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

async function ask(path, { params, signal, method = "GET", body } = {}) {
  const query = params?.toString();
  let answer;
  try {
    answer = await fetch(`/api/${path}${query ? `?${query}` : ""}`, {
      method, signal, cache: "no-store",
      headers: body ? { "Content-Type": "application/json" } : {},
      body: body ? JSON.stringify(body) : undefined,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(0, "the program does not answer");
  }
  const text = await answer.text();
  if (!answer.ok) throw new Refusal(answer.status, refusalText(text) || answer.statusText);
  return answer.headers.get("Content-Type")?.startsWith("application/json") ? JSON.parse(text) : text;
}

function refusalText(text) {
  try {
    return JSON.parse(text).error;
  } catch {
    return text.trim().slice(0, 500);
  }
}

// What happened, and what to do.
function explain(error) {
  if (!(error instanceof Refusal)) {
    return { what: "This page made a mistake.", why: String(error.message ?? error), advice: "Reload the page." };
  }
  const why = error.message;
  if (error.status === 0) {
    return { what: "kubectl profefe web does not answer.", why: "It was stopped, or the connection to it is gone.",
      advice: "Start it again and open the address that it prints." };
  }
  if (error.status === 403) {
    return { what: "This page may not read the profiles any more.", why,
      advice: "Open the address that kubectl profefe web printed: it lets this browser in." };
  }
  if (error.status === 404) return { what: "Nothing was found.", why, advice: "Change what is asked for, or take the filters back." };
  if (error.status === 409) return { what: "This cannot be done now.", why, advice: "Wait until the other capture has ended, or stop it." };
  if (error.status < 500) return { what: "This report cannot be made.", why, advice: "Correct the filters or options, or take them back." };
  return { what: "The program failed.", why, advice: "Try again; the terminal it runs in may say more." };
}

function errorBox(error, again) {
  const { what, why, advice } = explain(error);
  const hasSettings = place.params.size > bare().size;
  return make("div", { class: "notice error", role: "alert" },
    make("h2", {}, what), why && make("p", { class: "why" }, why), make("p", {}, advice),
    make("p", { class: "buttons" },
      again && make("button", { onclick: again }, "Try again"),
      hasSettings && make("a", { class: "button", href: linkTo(place.view, {}, bare()) }, "Take filters and options back")));
}

const warningsBox = (warnings) => warnings?.length
  ? make("ul", { class: "notice warnings" }, warnings.map((text) => make("li", {}, text)))
  : null;

// The lines above a report: the one that matters most, and all of them on demand.
function factsBox(lines) {
  if (!lines?.length) return null;
  const shown = lines.find((line) => line.startsWith("Showing nodes")) ?? lines.join(" · ");
  return make("details", { class: "facts" }, make("summary", {}, shown), make("pre", {}, lines.join("\n")));
}
