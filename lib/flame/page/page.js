// What the reader does: zoom, keys, switches.

function zoomTo(box) {
  state.zoom = box;
  showPath();
  layOut();
  graph.scrollTop = zoomedTop();
  if (state.focus) focusOn(box);
  $("reset").disabled = !box.parent && !state.query;
  if (box.parent && missing) withWhole();
}

function wayOut() {
  const item = document.createElement("li");
  item.append(Object.assign(element("button", "all"), { onclick: showAll }));
  return item;
}

function showPath() {
  const path = [];
  for (let box = state.zoom; box; box = box.parent) path.unshift(box);
  $("path").replaceChildren(...path.map((box, i) => {
    const item = document.createElement("li");
    const last = i === path.length - 1;
    const name = element(last ? "span" : "button", label(nameOf(box), 60));
    if (last) name.ariaCurrent = "true";
    else name.onclick = () => zoomTo(box);
    item.append(name);
    return item;
  }));
  if (state.pivot) $("path").prepend(wayOut());
  $("path").hidden = path.length < 2 && !state.pivot;
  $("path").scrollLeft = $("path").scrollWidth;
}

// Zooms to where the path leads in the new tree.
function rebuild(path) {
  state.root = makeRoot();
  const box = state.zoom = follow(path);
  blurFrame();
  showTotal();
  search();
  zoomTo(box);
  showDetails(box);
}

function showOthers(change) {
  withWhole(() => {
    Object.assign(state, change);
    chooseValues();
    rebuild(pathTo(state.zoom));
  });
}

function showTotal() {
  const { value, base } = state.root;
  const { name, whole } = data.types[state.type];
  let text = inWords(value);
  if (data.compares) text += `, was ${inWords(base)}: ${change(value, base)}`;
  else if (value !== whole) text += ` of ${inWords(whole)}`;
  $("total").textContent = `${name} ${text}`;
}

function invert() {
  withWhole(() => {
    if (state.pivot) return;
    state.inverted = !state.inverted;
    $("invert").ariaPressed = String(state.inverted);
    rebuild([]);
  });
}

function reset() {
  state.query = $("query").value = "";
  blurFrame();
  search();
  zoomTo(state.root);
  showDetails(state.root);
}

// One step at a time: first what is seen of a sandwich, then the sandwich.
function escape() {
  const inGraph = document.activeElement === graph;
  if (state.pivot && !state.zoom.parent && !state.query) {
    goBack();
    return;
  }
  reset();
  if (inGraph) focusOn(state.root);
}

function setDark(dark) {
  state.dark = dark;
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
  $("theme").textContent = dark ? "Light" : "Dark";
  if (state.root) paint();
}

const saved = {
  // A browser may forbid a file to remember anything.
  get theme() { try { return localStorage.getItem("kprofefe-theme"); } catch { return null; } },
  set theme(name) { try { localStorage.setItem("kprofefe-theme", name); } catch { /* lost */ } },
};

function toggleTheme() {
  setDark(!state.dark);
  saved.theme = state.dark ? "dark" : "light";
}

function beside(step) {
  const row = rows[rowOf(state.focus)];
  return row[row.indexOf(state.focus) + step];
}

// The widest of the row above or below, or what it came from.
function across(step) {
  const { focus } = state;
  if (focus.half !== step && focus.parent) return focus.parent;
  return rows[rowOf(focus) + step]?.find((box) => box.parent === focus);
}

const moves = {
  ArrowUp: () => across(-1),
  ArrowDown: () => across(1),
  ArrowLeft: () => beside(-1),
  ArrowRight: () => beside(1),
  Home: () => state.root,
  End: () => rows.at(-1)[0],
};

const actions = {
  Enter: () => zoomTo(state.focus ?? state.zoom),
  " ": () => zoomTo(state.focus ?? state.zoom),
  Backspace: () => zoomTo(state.zoom.parent ?? state.root),
};

const shortcuts = {
  Escape: escape,
  "/": () => $("query").select(),
  "?": () => $("help").showModal(),
  i: invert,
  s: () => sandwich(state.shown),
  d: toggleTheme,
  n: () => stepMatch(1),
  p: () => stepMatch(-1),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  const inGraph = document.activeElement === graph;
  const writing = document.activeElement.matches("input, select");
  let done = false;
  if (inGraph && moves[event.key]) {
    state.focus ??= state.zoom;
    focusOn(moves[event.key]() ?? state.focus);
    done = true;
  } else if (inGraph && actions[event.key]) {
    actions[event.key]();
    done = true;
  } else if (shortcuts[event.key] && (!writing || event.key === "Escape")) {
    shortcuts[event.key]();
    done = true;
  }
  if (done) event.preventDefault();
}

function onQueryKey(event) {
  if (event.key === "Enter" && matches) {
    event.stopPropagation(); // it would zoom, now that the picture has the focus
    graph.focus();
    blurFrame();
    stepMatch(0);
  }
}

function onPointer(event) {
  const box = boxAt(event);
  if (box === state.hover) return;
  state.hover = box;
  graph.classList.toggle("over", Boolean(box));
  showDetails(box ?? state.focus ?? state.zoom);
}

function listenToControls() {
  $("type").onchange = (event) => showOthers({ type: event.target.selectedIndex });
  $("side").onchange = (event) => showOthers({ side: event.target.value });
  $("invert").onclick = invert;
  $("back").onclick = goBack;
  $("reset").onclick = reset;
  $("theme").onclick = toggleTheme;
  $("keys").onclick = () => $("help").showModal();
  let waiting = 0;
  $("query").oninput = (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      state.query = event.target.value;
      $("reset").disabled = !state.zoom.parent && !state.query;
      search();
    }, 60);
  };
  $("query").onkeydown = onQueryKey;
}

function listenToPicture() {
  graph.onpointermove = onPointer;
  graph.onpointerleave = () => {
    state.hover = null;
    showDetails(state.focus ?? state.zoom);
  };
  graph.onclick = (event) => {
    const box = boxAt(event);
    if (box) zoomTo(box);
  };
  graph.onfocus = () => { if (!state.focus && graph.matches(":focus-visible")) focusOn(state.zoom); };
  graph.onscroll = () => paint();
  new ResizeObserver(layOut).observe(graph);
  document.onkeydown = onKey;
  window.onpopstate = () => turnTo(askedPivot());
}

function listenToSurroundings() {
  const preferred = matchMedia("(prefers-color-scheme: dark)");
  setDark(saved.theme ? saved.theme === "dark" : preferred.matches);
  preferred.onchange = () => { if (!saved.theme) setDark(preferred.matches); };
  let dark = false;
  window.onbeforeprint = () => { dark = state.dark; setDark(false); paint(true); };
  window.onafterprint = () => setDark(dark);
}

async function start() {
  document.body.classList.add("live");
  takeData(await inflated($("data").textContent));
  state.type = data.chosen;
  $("type").append(...data.types.map(({ name }, i) => new Option(name, i)));
  $("type").selectedIndex = data.chosen;
  $("side").hidden = !data.compares;
  $("app").hidden = false;
  listenToSurroundings();
  chooseValues();
  rebuild([]);
  turnTo(askedPivot());
  listenToControls();
  listenToPicture();
  performance.mark("first-picture");
}

start().catch((error) => {
  document.body.append(element("p", `This browser cannot show the page: ${error.message}`));
  throw error;
});
