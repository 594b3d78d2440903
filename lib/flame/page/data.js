// The page of `kubectl profefe flame`: plain script without dependencies, for
// it may not load anything. The build puts its files behind one another: data,
// tree, sandwich, words, colours, picture, details, whole, page.
"use strict";

// Reads what lib/flame/encode.cpp wrote; the grammar stands there.

async function inflated(base64) {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream()
    .pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    this.utf8 = new TextDecoder();
  }

  // Multiplies instead of shifting: a shift would cut at 32 bits.
  varint() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  signed() {
    const value = this.varint();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }

  text() {
    const size = this.varint();
    this.at += size;
    return this.utf8.decode(this.bytes.subarray(this.at - size, this.at));
  }

  list(read) {
    return Array.from({ length: this.varint() }, read, this);
  }
}

function readType(reader) {
  return { name: reader.text(), unit: reader.text(), factor: Number(reader.text()),
    steps: reader.list(() => ({ name: reader.text(), size: Number(reader.text()) })),
    whole: reader.signed(), baseWhole: reader.signed() };
}

function readNodes(reader) {
  const count = reader.varint() + 1;
  const parent = new Uint32Array(count);
  const frame = new Uint32Array(count);
  for (let i = 1; i < count; ++i) {
    let above = i - 1;
    for (let up = reader.varint(); up > 0; --up) above = parent[above];
    parent[i] = above;
  }
  for (let i = 1; i < count; ++i) frame[i] = reader.varint();
  return { count, parent, frame };
}

function readColumn(reader, places) {
  const factor = reader.varint();
  return Float64Array.from(places, () => reader.signed() * factor);
}

function readData(bytes) {
  const reader = new Reader(bytes);
  const types = reader.list(() => readType(reader));
  const chosen = reader.varint();
  const compares = reader.varint() === 1;
  const ratio = Number(reader.text());
  const files = reader.list(reader.text);
  const names = reader.list(reader.text);
  const fileOf = names.map(() => reader.varint());
  const nodes = readNodes(reader);
  let place = 0;
  const places = Uint32Array.from(reader.list(() => place += reader.varint()));
  const columns = () => types.map(() => readColumn(reader, places));
  const values = columns();
  return { types, chosen, compares, ratio, files, names, fileOf, nodes, places, values,
    base: compares ? columns() : [] };
}
