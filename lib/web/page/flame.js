// SPDX-License-Identifier: MIT
// The flame graph: a page of its own in a frame, which tells what is chosen there.

const flameFrame = () => $("main").querySelector("iframe.flame");

function listenToFlame(event) {
  const frame = flameFrame();
  if (!frame || event.source !== frame.contentWindow || event.origin !== location.origin) return;
  if (event.data?.kind === "profefe-function" && typeof event.data.name === "string") {
    select(functionOf(event.data.name));
  }
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
  // Its keys are its own, save those that lead elsewhere.
  frame.contentWindow.addEventListener("keydown", (event) => {
    if (/^[1-8f]$/.test(event.key) && !event.target.matches("input, select")) onKey(event);
  });
}

views.flamegraph = {
  title: "Flame graph", short: "Flame", fills: true, noSearch: true,
  load(signal, params) {
    const query = params.toString();
    const frame = make("iframe", { class: "flame", title: "Flame graph", src: `/api/flame.html${query ? `?${query}` : ""}` });
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
