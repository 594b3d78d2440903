// SPDX-License-Identifier: MIT
// Live pods: which there are, and capturing them again.

const capturing = { id: null, status: null, asked: 0 };
const chosenPods = new Set(); // `namespace/pod`; empty: what the session began with
const timed = new Set(["cpu", "trace"]);
const between = 500; // ms, from one look at a capture to the next

const sessionMemory = {
  get capture() { try { return sessionStorage.getItem("profefe-capture"); } catch { return null; } },
  set capture(id) { try { id ? sessionStorage.setItem("profefe-capture", id) : sessionStorage.removeItem("profefe-capture"); } catch { /* lost */ } },
};

function showCaptureForm() {
  const { can_capture: can, types = [] } = session.live;
  $("capture").hidden = !can;
  if (!can || $("capture-type").options.length) return;
  const last = session.profiles[0]?.kind;
  $("capture-type").replaceChildren(...types.map((type) => make("option", { value: type, selected: type === last }, type)));
  $("capture-type").onchange = showSeconds;
  showSeconds();
  $("capture").onsubmit = (event) => {
    event.preventDefault();
    startCapture();
  };
}

// What is counted since the start of the program needs no time.
function showSeconds() {
  const isTimed = timed.has($("capture-type").value);
  const seconds = $("capture-seconds");
  seconds.min = isTimed ? "1" : "0";
  seconds.value = isTimed ? "10" : "0";
  seconds.disabled = !isTimed;
  seconds.title = isTimed ? "" : "as it is now";
}

function showCaptureButton() {
  const running = capturing.status?.state === "running";
  $("capture-start").disabled = running;
  $("capture-start").textContent = chosenPods.size ? `Capture ${count(chosenPods.size, "pod")}` : session.profiles.length ? "Capture again" : "Capture";
  const chosen = $("main").querySelector("#capture-chosen");
  if (chosen) {
    chosen.disabled = running || !chosenPods.size;
    chosen.textContent = chosenPods.size ? `Capture ${count(chosenPods.size, "pod")}` : "Capture";
  }
}

async function startCapture() {
  const body = { targets: [...chosenPods], type: $("capture-type").value, seconds: Number($("capture-seconds").value) };
  try {
    const { id } = await ask("captures", { method: "POST", body });
    follow(id);
  } catch (error) {
    strip(captureError(error));
  }
}

function captureError(error) {
  const { what, why, advice } = explain(error);
  return [make("span", { class: "wrong" }, `${what} ${why}`), make("span", {}, advice), dismiss()];
}

function strip(parts) {
  $("progress").replaceChildren(...parts.filter(Boolean));
  $("progress").hidden = false;
}

const dismiss = () => make("button", { class: "cross", "aria-label": "Close", onclick: () => { $("progress").hidden = true; } }, "×");

function follow(id) {
  capturing.id = sessionMemory.capture = id;
  capturing.status = { state: "running" };
  strip([make("span", {}, "Starting…")]);
  showCaptureButton();
  lookAgain(id);
}

async function lookAgain(id) {
  let failed = 0;
  while (capturing.id === id) {
    try {
      const status = await ask(`captures/${encodeURIComponent(id)}`);
      if (capturing.id !== id) return;
      capturing.status = status;
      failed = 0;
      if (status.state !== "running") {
        await ended(status);
        return;
      }
      showProgress(status);
    } catch (error) {
      if (++failed > 5 || error.status === 404) {
        capturing.id = sessionMemory.capture = capturing.status = null;
        strip(captureError(error));
        showCaptureButton();
        return;
      }
    }
    await new Promise((resolve) => { setTimeout(resolve, between); });
  }
}

function failuresBox(failures) {
  return failures?.length ? make("details", {}, make("summary", { class: "wrong" }, `${failures.length} failed`),
    make("ul", {}, failures.map((text) => make("li", {}, text)))) : null;
}

// A strip that is there is changed, not made anew: its button keeps the focus.
function showProgress(status) {
  const { type, seconds, elapsed_seconds: elapsed, pods, pods_done: done, failures } = status;
  const box = $("progress");
  if (box.dataset.id !== status.id || !box.querySelector("progress")) {
    box.dataset.id = status.id;
    strip([make("span", { class: "what" }), make("progress", { "aria-label": "Capture" }), make("span", { class: "failed" }), stopButton(status.id)]);
  }
  const part = seconds ? Math.min(1, elapsed / seconds) : pods ? done / pods : 0;
  box.querySelector("progress").value = Math.max(0.02, Math.min(0.98, part));
  box.querySelector(".what").textContent = `Capturing ${type}${seconds ? `, ${Math.min(seconds, Math.floor(elapsed))} of ${seconds} s` : ""}` +
    (pods ? ` · ${done} of ${count(pods, "pod")} done` : " · looking for pods");
  box.querySelector(".failed").textContent = failures?.length ? `${failures.length} failed` : "";
}

function stopButton(id) {
  const button = make("button", {}, "Stop");
  button.onclick = async () => {
    button.disabled = true;
    button.textContent = "Stopping…";
    try {
      await ask(`captures/${encodeURIComponent(id)}`, { method: "DELETE" });
    } catch { /* the next look says how it ended */ }
  };
  return button;
}

async function ended(status) {
  capturing.id = sessionMemory.capture = null;
  const old = shownProfile();
  await loadSession();
  const profile = status.profile ? profileOf(status.profile) : null;
  if (profile) showCaptured(profile, old);
  const previous = profile && previousOf(profile);
  const said = endText(status);
  say(said);
  strip([make("span", { class: profile ? "what" : "what wrong" }, said), failuresBox(status.failures),
    profile && make("a", { href: linkTo(place.view === "targets" ? "flamegraph" : place.view, { profile: profile.id, base: "", norm: "" }) }, "Show"),
    previous && make("a", { href: withProfile(profile, previous.id) }, "Compare with previous"), dismiss()]);
  showSurroundings();
}

// Whoever asked for it wants to see it; what was shown stays behind Back.
function showCaptured(profile, old) {
  if (place.view === "targets" || baseProfile()) return;
  if (old) amend({ profile: old.id });
  go(withProfile(profile));
}

function endText({ state, type, pods, failures = [], error }) {
  const came = Math.max(0, (pods ?? 0) - failures.length);
  if (state === "done") return `${type} captured from ${came} of ${count(pods ?? 0, "pod")}`;
  return state === "stopped" ? "Capture stopped" : `Capture failed: ${error ?? "no pod answered"}`;
}

function chooseRow(target) {
  const id = `${target.namespace}/${target.pod}`;
  const box = make("input", { type: "checkbox", checked: chosenPods.has(id), disabled: !session.live.targets_selectable, "aria-label": id,
    onchange: () => { box.checked ? chosenPods.add(id) : chosenPods.delete(id); fillTargets(); } });
  return make("tr", {}, make("td", {}, box), make("td", { class: "name" }, target.pod), make("td", {}, target.namespace),
    make("td", {}, target.service ?? ""), make("td", {}, String(target.port ?? "")), make("td", {}, target.path ?? ""));
}

const targets = { answer: null };

function table(name, heads, rows) {
  return make("div", { class: "wide" }, make("table", { class: "targets", "aria-label": name },
    make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))), make("tbody", {}, rows)));
}

function fillTargets() {
  const { targets: found, not_targets: others = [] } = targets.answer;
  const matches = matcher($("search").value.trim());
  const shown = found.filter(({ pod, namespace, service = "" }) => matches(`${namespace}/${pod} ${service}`));
  const rest = others.filter(({ pod, namespace, reason }) => matches(`${namespace}/${pod} ${reason}`));
  const all = make("input", { type: "checkbox", "aria-label": "All pods shown", disabled: !session.live.targets_selectable,
    checked: shown.length > 0 && shown.every(({ namespace, pod }) => chosenPods.has(`${namespace}/${pod}`)) });
  all.onchange = () => {
    for (const { namespace, pod } of shown) all.checked ? chosenPods.add(`${namespace}/${pod}`) : chosenPods.delete(`${namespace}/${pod}`);
    fillTargets();
  };
  $("found").textContent = $("search").value ? `${shown.length} of ${found.length}` : "";
  $("main").replaceChildren(
    make("h2", {}, count(found.length, "target"), make("button", { id: "capture-chosen", class: "main", onclick: startCapture }, "Capture"),
      make("small", {}, session.live.targets_selectable ? "None chosen: all that the session began with." : "This session captures what it began with.")),
    shown.length ? table("Targets", [all, "Pod", "Namespace", "Service", "Port", "Path"], shown.map(chooseRow))
      : make("p", { class: "notice" }, found.length ? "No target matches." : "No pod can be captured; why not is below."),
    rest.length ? make("h2", {}, `${count(rest.length, "pod")} not captured`) : "",
    rest.length ? table("Not captured", ["Pod", "Namespace", "Why not"], rest.map(({ pod, namespace, reason }) =>
      make("tr", {}, make("td", { class: "name" }, pod), make("td", {}, namespace), make("td", { class: "reason" }, reason)))) : "");
  showCaptureButton();
}

views.targets = {
  title: "Targets", search: "Filter pods", live: true, load: (signal) => ask("targets", { signal }),
  draw(answer) {
    targets.answer = answer;
    const known = new Set(answer.targets.map(({ namespace, pod }) => `${namespace}/${pod}`));
    for (const id of chosenPods) if (!known.has(id)) chosenPods.delete(id);
    fillTargets();
  },
  find: fillTargets,
};
