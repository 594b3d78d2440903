// SPDX-License-Identifier: MIT
// The flame graph: a page of its own in a frame, which tells what is chosen there. Its
// sandwich of callers and callees is in the address, as in pprof: p=REGEX.

const flameFrame = () => $("main").querySelector("iframe.flame");

function listenToFlame(event) {
  const frame = flameFrame();
  if (!frame || event.source !== frame.contentWindow || event.origin !== location.origin) return;
  const { kind, name, expression } = event.data ?? {};
  if (kind === "profefe-function" && typeof name === "string") select(functionOf(name));
  if (kind === "profefe-pivot" && typeof expression === "string") go(here({ p: expression }));
}

// Its keys are its own, save those that lead elsewhere.
function onFlameKey(event) {
  if (/^[1-8f]$/.test(event.key) && !event.target.matches("input, select")) onKey(event);
}

// Throws when the frame shows an error instead of a page.
function checkFrame(frame) {
  let inside = null;
  try {
    inside = frame.contentDocument;
  } catch { /* the browser's own page */ }
  if (!inside) throw new Refusal(0, "the program does not answer");
  if (!inside.contentType.includes("html")) throw new Refusal(400, refusalText(inside.body.textContent));
  // What stands above it already.
  for (const part of inside.querySelectorAll("header, #type, #theme")) part.hidden = true;
  frame.contentWindow.setDark?.(dark);
  frame.contentWindow.addEventListener("keydown", onFlameKey);
}

// What is drawn, whatever is in the middle.
function flameKey(params) {
  const others = new URLSearchParams(params);
  others.delete("p");
  return `${shownProfile()?.id} ${others}`;
}

views.flamegraph = {
  title: "Flame graph", short: "Sandwich", fills: true, noSearch: true,
  load(signal, params) {
    const query = params.toString();
    const key = flameKey(params);
    const shown = flameFrame();
    if (shown?.dataset.key === key && shown.contentWindow.turnTo?.(decode(params, "p"))) return shown;
    const frame = make("iframe", { class: "flame", "data-key": key, title: "Flame graph", src: `/api/flame.html${query ? `?${query}` : ""}` });
    return new Promise((resolve, reject) => {
      frame.onload = () => resolve(frame);
      signal.addEventListener("abort", () => { frame.onload = null; reject(signal.reason); });
      $("main").replaceChildren(frame);
    });
  },
  draw: checkFrame,
  focusSearch() {
    flameFrame()?.focus();
    flameFrame()?.contentDocument?.getElementById("query")?.select();
  },
};
