// SPDX-License-Identifier: MIT
// Shows what the address asks for.

let current = new AbortController(); // of the report that is being fetched
let shownHref = ""; // whose report is on the page

const shownTabs = () => tabOrder.filter((name) => !views[name].live || session.live.can_capture);

// The selection goes along, but the flame graph turns around a function only when
// that is asked for.
function tabLink(name) {
  const selected = selection.size ? exactly([...selection.keys()]) : decode(place.params, "p");
  return linkTo(name, { p: name === "flamegraph" ? "" : selected });
}

function showTabs() {
  $("tabs").replaceChildren(...shownTabs().map((name, i) => make("a",
    { href: tabLink(name), title: `${views[name].title} (${i + 1})`, "aria-current": name === place.view && "page" }, views[name].title)));
}

function showSearch() {
  const view = views[place.view];
  const search = $("search");
  search.parentElement.hidden = Boolean(view.noSearch);
  search.placeholder = view.search ?? "";
  search.setAttribute("aria-label", view.search ?? "Search");
  if (view.expression) search.value = decode(place.params, "p");
  $("found").textContent = "";
}

function showSurroundings() {
  const isReport = place.view !== "targets";
  document.title = `${views[place.view].title} · ${session.title || "kubectl profefe"}`;
  showTabs();
  showHistoryButton();
  showComparison();
  showTypes();
  showChips();
  showFunctions();
  showCaptureForm();
  showCaptureButton();
  for (const id of ["refine", "options", "settings", "download"]) $(id).hidden = !isReport;
  if (!isReport) $("type").hidden = true;
  $("main").className = views[place.view].fills ? "fills" : "";
}

// Parameters that make no difference to a report are not sent with it.
function reportParams() {
  const params = new URLSearchParams(place.params);
  if (!views[place.view].expression && place.view !== "flamegraph") params.delete("p");
  return params;
}

function beginLoading() {
  const main = $("main");
  main.ariaBusy = "true";
  document.body.classList.add("loading");
  if (shownHref !== location.pathname) main.replaceChildren(make("p", { class: "wait" }, "Loading…"));
}

function endLoading() {
  $("main").ariaBusy = "false";
  document.body.classList.remove("loading");
}

// The one way to a report. A newer one ends those before it, so that a late answer
// never takes its place.
async function show() {
  current.abort();
  const mine = current = new AbortController();
  const before = place.view;
  readPlace();
  const view = views[place.view];
  if (before !== place.view) {
    selection.clear();
    $("search").value = "";
  }
  showSearch();
  showSurroundings();
  beginLoading();
  try {
    if (!session.profiles.length && !view.live) throw new Refusal(404, noProfileText());
    const answer = await view.load(mine.signal, reportParams());
    if (mine.signal.aborted) return;
    endLoading();
    view.draw(answer);
    shownHref = location.pathname;
    if (!selection.size || !view.selects) $("main").scrollTop = history.state?.scroll ?? 0;
    say(`${view.title} loaded`);
  } catch (error) {
    if (mine.signal.aborted || error.name === "AbortError") return;
    endLoading();
    shownHref = "";
    $("main").className = "";
    $("main").replaceChildren(errorBox(error, show));
  }
}

function noProfileText() {
  return session.live.can_capture ? "no profile has been captured yet: capture one, or choose pods under Targets" : "this session has no profile";
}

function onSearchKey(event) {
  if (event.key !== "Enter") return;
  const view = views[place.view];
  if (view.expression) go(here({ p: $("search").value.trim() }));
  else if ($("search").value) view.enter?.();
}

function listen() {
  document.addEventListener("click", onFunctionName);
  document.addEventListener("contextmenu", onFunctionName);
  document.addEventListener("click", onLink);
  document.addEventListener("keydown", onKey);
  window.addEventListener("message", listenToFlame);
  window.addEventListener("popstate", show);
  let waiting = 0;
  $("search").oninput = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => views[place.view].find?.(), 80);
  };
  $("search").onkeydown = onSearchKey;
  $("theme").onclick = toggleTheme;
  $("keys").onclick = showKeys;
  menuButton($("history"), "Profiles of this session", historyMenu);
  menuButton($("refine"), "Refine", refineMenu);
  menuButton($("options"), "Options", optionsMenu);
  menuButton($("settings"), "Config", settingsMenu);
  menuButton($("download"), "Download", downloadMenu);
}

async function start() {
  history.scrollRestoration = "manual";
  setDark(savedTheme.name ? savedTheme.name === "dark" : preferred.matches);
  preferred.onchange = () => { if (!savedTheme.name) setDark(preferred.matches); };
  try {
    await loadSession();
  } catch (error) {
    readPlace();
    $("main").replaceChildren(errorBox(error, () => location.reload()));
    return;
  }
  listen();
  readPlace();
  await show();
  if (session.live.can_capture && sessionMemory.capture) follow(sessionMemory.capture);
}

start();
