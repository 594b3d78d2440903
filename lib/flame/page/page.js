// What the reader does: zoom, keys, switches.

function zoomTo(box) {
  state.zoom = box;
  showPath();
  layOut();
  graph.scrollTop = zoomedTop();
  if (state.focus) focusOn(box);
  $("reset").disabled = !box.parent && !state.query;
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
  $("path").hidden = path.length < 2;
  $("path").scrollLeft = $("path").scrollWidth;
}

// The same stack in the new tree, as far as it is there.
function rebuild(keepZoom) {
  const frames = [];
  for (let box = keepZoom && state.zoom; box?.parent; box = box.parent) frames.unshift(box.frame);
  chooseValues();
  let box = state.root = makeRoot();
  for (const frame of frames) box = kidsOf(box).find((kid) => kid.frame === frame) ?? box;
  blurFrame();
  showTotal();
  state.zoom = box;
  search();
  zoomTo(box);
  showDetails(box);
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
  state.inverted = !state.inverted;
  $("invert").ariaPressed = String(state.inverted);
  rebuild(false);
}

function reset() {
  state.query = $("query").value = "";
  blurFrame();
  search();
  zoomTo(state.root);
  showDetails(state.root);
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
  const row = rows[state.focus.depth];
  return row[row.indexOf(state.focus) + step];
}

const moves = {
  ArrowUp: () => state.focus.parent,
  ArrowDown: () => rows[state.focus.depth + 1]?.find((box) => box.parent === state.focus),
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
  Escape: () => { reset(); if (document.activeElement === graph) focusOn(state.root); },
  "/": () => $("query").select(),
  "?": () => $("help").showModal(),
  i: invert,
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
  $("type").onchange = (event) => { state.type = event.target.selectedIndex; rebuild(true); };
  $("side").onchange = (event) => { state.side = event.target.value; rebuild(true); };
  $("invert").onclick = invert;
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
  data = readData(await inflated($("data").textContent));
  indexChildren(data.nodes);
  state.type = data.chosen;
  $("type").append(...data.types.map(({ name }, i) => new Option(name, i)));
  $("type").selectedIndex = data.chosen;
  $("side").hidden = !data.compares;
  $("app").hidden = false;
  listenToSurroundings();
  rebuild(false);
  listenToControls();
  listenToPicture();
  performance.mark("first-picture");
}

start().catch((error) => {
  document.body.append(element("p", `This browser cannot show the page: ${error.message}`));
  throw error;
});
