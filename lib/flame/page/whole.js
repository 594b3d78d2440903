// A very large picture begins with the frames that can be seen: the narrower ones are
// loaded when the reader wants something for which they count.

let missing = $("data").dataset.whole; // where all frames are; empty: they are here
let coming = null;

// What stands for them: k_narrow_frames of lib/flame/tree.hpp.
const isNarrow = (box) => Boolean(missing) && nameOf(box) === "(frames too narrow to be seen)";

async function loadWhole() {
  const answer = await fetch(missing);
  if (!answer.ok) throw new Error(await answer.text());
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const path = pathTo(state.zoom).map((box) => ({ half: box.half, name: nameOf(box) }));
  missing = "";
  takeData(bytes);
  chooseValues();
  rebuild(path.map(({ half, name }) => ({ half, frame: data.names.indexOf(name) })));
}

// Does `act` now, or as soon as all frames are here.
function withWhole(act = () => {}) {
  if (!missing) {
    act();
    return;
  }
  graph.ariaBusy = "true";
  coming ??= loadWhole();
  coming.then(act).catch((error) => {
    coming = null;
    $("details").append(element("p", `The narrower frames cannot be loaded: ${error.message}`));
  }).finally(() => { graph.ariaBusy = null; });
}
