// The colours of lib/flame/colour.cpp, and their like for a dark page.

const hues = [];

function hash(text) {
  let sum = 2166136261;
  for (const byte of new TextEncoder().encode(text)) sum = Math.imul(sum ^ byte, 16777619);
  return sum >>> 0;
}

function packageOf(name) {
  const plain = name.split("[", 1)[0];
  const slash = Math.max(plain.lastIndexOf("/"), 0);
  const end = plain.slice(slash).search(/[.:]/);
  return end < 0 ? plain : plain.slice(0, slash + end);
}

function hueOf(frame) {
  return hues[frame] ??= (() => {
    const name = data.names[frame];
    const owner = packageOf(name);
    const grey = /^(internal\/)?runtime(\/|$)/.test(owner);
    return { hue: hash(owner) % 24 * 15, chroma: grey ? 0.012 : 0.075, shade: hash(name) % 5 * 0.012 };
  })();
}

const oklch = (l, c, h) => `oklch(${l.toFixed(3)} ${c.toFixed(3)} ${h})`;

function changeColour({ value, base }) {
  const larger = Math.max(Math.abs(value), Math.abs(base));
  const part = larger ? Math.max(-1, Math.min(1, (value - base) / larger)) : 0;
  const size = Math.abs(part);
  return oklch(state.dark ? 0.36 + 0.12 * size : 0.9 - 0.14 * size, 0.13 * size, part > 0 ? 28 : 250);
}

function colourOf(box) {
  const dark = state.dark;
  if (matches) {
    if (matches[box.frame]) return dark ? "oklch(0.5 0.105 75)" : "oklch(0.84 0.145 85)";
    return dark ? "oklch(0.31 0.006 260)" : "oklch(0.925 0.006 90)";
  }
  if (data.compares) return changeColour(box);
  if (box.frame < 0 || isNarrow(box)) return dark ? "oklch(0.36 0.006 90)" : "oklch(0.89 0.008 90)";
  const { hue, chroma, shade } = hueOf(box.frame);
  return oklch((dark ? 0.39 : 0.84) + shade, dark ? chroma * 0.85 : chroma, hue);
}
