// Values and shares in words.

// A tie goes to the even digit, as in C++: 1152 kB are 1.12MB.
function fixed(number, digits) {
  const size = Math.abs(number);
  if (size * 2 ** (digits + 1) % 2 !== 1) return number.toFixed(digits);
  const last = Math.floor(size * 10 ** digits);
  return (Math.sign(number) * (last + last % 2) / 10 ** digits).toFixed(digits);
}

// As lib/flame/words.cpp writes values.
function inWords(value) {
  const { unit, factor, steps } = data.types[state.type];
  if (data.ratio !== 1) value = Math.trunc(value * data.ratio) + 0; // never -0
  if (!steps.length) {
    const text = value.toLocaleString("en");
    return unit === "" ? text : `${text} ${unit}`;
  }
  const scaled = value * factor;
  const { name, size } = steps.find((step) => Math.abs(scaled) / step.size >= 1) ?? steps.at(-1);
  const number = fixed(scaled / size, 2).replace(/\.00$/, "");
  return /^-?0$/.test(number) ? "0" : number + name;
}

function percent(part, whole) {
  const share = whole ? 100 * part / whole : 0;
  return `${fixed(share, Math.abs(share) < 9.995 ? 2 : 1)}%`;
}

function change(value, base) {
  if (value === base) return "unchanged";
  const sign = value > base ? "+" : "";
  const part = base ? `${sign}${(100 * (value - base) / Math.abs(base)).toFixed(1)}%` : "new";
  return `${sign}${inWords(value - base)} (${part})`;
}

const nameOf = (box) => data.names[box.frame] ?? state.pivot?.name ?? "all";
