// SPDX-License-Identifier: MIT
// The profiles of this session: which is shown, and with which it is compared.

let session = { title: "", profiles: [], base: null, configs: [], live: {} };

async function loadSession() {
  const loaded = await ask("session");
  loaded.profiles = [...loaded.profiles].sort((a, b) => Number(b.id) - Number(a.id));
  loaded.live ??= { can_capture: false };
  loaded.configs ??= [];
  session = loaded;
  $("title").textContent = session.title;
  document.body.classList.toggle("live", session.live.can_capture);
}

const profileOf = (id) => session.profiles.find((profile) => profile.id === id) ?? null;
const shownProfile = () => profileOf(decode(place.params, "profile")) ?? session.profiles[0] ?? null;

function baseProfile() {
  const id = place.params.has("base") ? place.params.get("base") : session.base;
  return id ? profileOf(id) : null;
}

function timeText(profile) {
  if (!profile.time) return "";
  const time = new Date(profile.time);
  const day = time.toLocaleDateString("sv");
  const clock = time.toLocaleTimeString("sv");
  return day === new Date().toLocaleDateString("sv") ? clock : `${day} ${clock}`;
}

function podsText({ pods = [] }) {
  return pods.length === 1 ? pods[0] : pods.length ? count(pods.length, "pod") : "";
}

function profileFacts(profile) {
  const seconds = profile.duration_seconds;
  return [timeText(profile), seconds ? `${Number(seconds.toFixed(seconds < 10 ? 1 : 0))} s` : "", podsText(profile),
    profile.route ? `by ${profile.route}` : "", profile.incomplete ? "incomplete" : ""].filter(Boolean).join(" · ");
}

const kindOf = (profile) => profile.kind ?? profile.default_sample_type ?? "profile";
const shortName = (profile) => [kindOf(profile), timeText(profile) || profile.title].join(" ");

// The one before it that is of the same kind.
function previousOf(profile) {
  const at = session.profiles.indexOf(profile);
  return session.profiles.slice(at + 1).find((other) => kindOf(other) === kindOf(profile)) ?? null;
}

// A sample type goes along if the other profile has it, too.
function withProfile(profile, base = "") {
  const si = decode(place.params, "si");
  const keeps = profile.sample_types.some(({ type }) => type === si);
  return linkTo(place.view === "targets" ? "flamegraph" : place.view,
    { profile: profile.id, base, p: decode(place.params, "p"), si: keeps ? si : "", norm: base ? decode(place.params, "norm") : "" });
}

function historyRow(profile) {
  const shown = shownProfile();
  const previous = previousOf(profile);
  const same = profile === shown;
  return make("li", { "aria-current": same && "true" },
    make("a", { class: "name", href: withProfile(profile) },
      make("strong", {}, kindOf(profile)), ` ${profile.title}`, make("small", {}, profileFacts(profile))),
    make("span", { class: "acts" },
      !same && profile !== baseProfile() && make("a", { href: withProfile(shown, profile.id) }, "Compare shown with this"),
      previous && make("a", { href: withProfile(profile, previous.id) }, "Compare with previous")));
}

function historyMenu() {
  return [make("h2", {}, "Profiles of this session"),
    make("ol", { class: "history" }, session.profiles.map(historyRow))];
}

function showHistoryButton() {
  const profile = shownProfile();
  const button = $("history");
  button.hidden = session.profiles.length < 2 && !session.live.can_capture;
  const facts = profile ? [kindOf(profile), profileFacts(profile)].filter(Boolean).join(" · ") : "no profile yet";
  button.replaceChildren(facts, make("span", { class: "number", title: count(session.profiles.length, "profile") },
    String(session.profiles.length)));
  button.disabled = !session.profiles.length;
  button.setAttribute("aria-label", `Profile: ${facts}. ${count(session.profiles.length, "profile")} in this session`);
}

function side(name, profile) {
  return make("span", { class: `side ${name}` }, make("b", {}, name === "new" ? "shown" : "− base"), ` ${kindOf(profile)} `,
    make("span", {}, [profile.title, profileFacts(profile)].filter(Boolean).join(" · ")));
}

function showComparison() {
  const shown = shownProfile();
  const base = baseProfile();
  const strip = $("comparison");
  strip.hidden = !base || !shown || place.view === "targets";
  if (strip.hidden) return;
  const normalised = decode(place.params, "norm") === "t";
  strip.replaceChildren(
    make("span", { class: "sides" }, side("new", shown), side("base", base)),
    make("span", { class: "acts" },
      make("label", { title: "Scales the base to the total of what is shown" },
        make("input", { type: "checkbox", checked: normalised, onchange: () => go(here({ norm: normalised ? "" : "t" })) }), " Normalised"),
      make("a", { href: here({ profile: base.id, base: shown.id }) }, "Swap"),
      make("a", { href: here({ base: "", norm: "" }) }, "Stop comparing")));
}

function showTypes() {
  const types = shownProfile()?.sample_types ?? [];
  const chosen = decode(place.params, "si") || shownProfile()?.default_sample_type;
  const list = $("type");
  list.hidden = types.length < 2;
  list.replaceChildren(...types.map(({ type }) => make("option", { value: type, selected: type === chosen }, type)));
  list.onchange = () => {
    go(here({ si: list.value === shownProfile().default_sample_type ? "" : list.value }));
  };
}
