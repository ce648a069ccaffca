// Makes the runtime's WebAssembly smaller by what an engine without cultures and time zones never runs or reads: the code of ICU and the
// bundled time-zone files. Code is found by reachability and not by its size or place: a function goes only if nothing that is left can
// reach it. What is taken out traps if it is ever entered, so that a mistake here is an error and never another verdict.

const Section = { import: 2, function: 3, memory: 5, export: 7, start: 8, element: 9, code: 10, data: 11 };

/**
 * Memory to begin with, in pages of 64 KiB: enough for a first verification. The runtime's own 32 MiB are not, and to let them grow takes the
 * engine 20 to 30 ms in the middle of it. What is not written to costs nothing.
 */
const initialPages = 1024;

/** Functions that are entered from outside, or through the table, for the sake of cultures alone. */
const cultural = /^(GlobalizationNative_|mono_wasm_load_icu_data$|non-virtual thunk to icu|virtual thunk to icu|icu|u_|uc[a-z]+_|udat_|udata_|uenum_|uhash_|uidna_|uiter_|uldn|ulist_|uloc_|umtx_|unorm2?_|unum[a-z]*_|uprv_|ures_|uset_|usearch_|usprep_|ustr[a-z]*_|utext_|utrie|uts46|locale_|ultag_)|icu::|icu_|UErrorCode|UConverter|UText|UnicodeArgs|USet|UCharIterator/;

/** An unsigned or signed LEB128 reader over bytes. */
class Reader {
  constructor(bytes, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** An unsigned number; of a signed one only its place is passed over. */
  number() {
    let value = 0, scale = 1, byte;
    do {
      byte = this.bytes[this.at++];
      value += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte & 0x80);
    return value;
  }

  signed() {
    let value = 0n, shift = 0n, byte;
    do {
      byte = this.bytes[this.at++];
      value |= BigInt(byte & 0x7f) << shift;
      shift += 7n;
    } while (byte & 0x80);
    return Number(BigInt.asIntN(64, byte & 0x40 ? value | (-1n << shift) : value));
  }

  take(length) {
    return this.bytes.subarray(this.at, (this.at += length));
  }
}

function unsigned(value) {
  const bytes = [];
  do {
    const low = value % 128;
    value = Math.floor(value / 128);
    bytes.push(value > 0 ? low | 0x80 : low);
  } while (value > 0);
  return bytes;
}

function signed(value) {
  const bytes = [];
  for (;;) {
    const low = value & 0x7f;
    value >>= 7;
    if ((value === 0 && !(low & 0x40)) || (value === -1 && low & 0x40)) {
      bytes.push(low);
      return bytes;
    }
    bytes.push(low | 0x80);
  }
}

function sectionsOf(wasm) {
  const reader = new Reader(wasm, 8);
  const sections = [];
  while (reader.at < reader.end) {
    const id = reader.byte();
    sections.push({ id, bytes: reader.take(reader.number()) });
  }
  return sections;
}

/** How many functions are imported: they come first in the numbering. */
function countImports(bytes) {
  const reader = new Reader(bytes);
  let functions = 0;
  for (let left = reader.number(); left > 0; left--) {
    reader.take(reader.number());
    reader.take(reader.number());
    const kind = reader.byte();
    if (kind === 0) {
      reader.number();
      functions++;
    } else if (kind === 1 || kind === 2) {
      if (kind === 1) reader.byte();
      const hasMost = reader.byte() & 1;
      reader.number();
      if (hasMost) reader.number();
    } else if (kind === 3) {
      reader.take(2);
    } else {
      reader.byte();
      reader.number();
    }
  }
  return functions;
}

function exportsOf(bytes) {
  const reader = new Reader(bytes);
  const found = [];
  for (let left = reader.number(); left > 0; left--) {
    const name = Buffer.from(reader.take(reader.number())).toString();
    const kind = reader.byte(), index = reader.number();
    if (kind === 0) found.push({ name, index });
  }
  return found;
}

/** The functions in tables. The runtime has one kind of segment: active, at a constant, of function numbers. */
function tableOf(bytes) {
  const reader = new Reader(bytes);
  const found = [];
  for (let left = reader.number(); left > 0; left--) {
    if (reader.number() !== 0 || reader.byte() !== 0x41) throw new Error('an element segment of a kind that is not expected');
    reader.signed();
    reader.byte();
    for (let functions = reader.number(); functions > 0; functions--) found.push(reader.number());
  }
  return found;
}

/** The functions that a body calls or takes the address of. */
function callsOf(body) {
  const reader = new Reader(body);
  for (let groups = reader.number(); groups > 0; groups--) {
    reader.number();
    reader.byte();
  }
  const calls = [];
  while (reader.at < reader.end) pass(reader, calls);
  return calls;
}

const memoryOperand = (reader) => {
  reader.number();
  reader.number();
};

/** Passes over one instruction and its operands (WebAssembly core 2.0, binary format, with legacy exceptions). */
function pass(reader, calls) {
  const code = reader.byte();
  if (code === 0x10 || code === 0x12 || code === 0xd2) calls.push(reader.number());
  else if (code === 0x11 || code === 0x13) memoryOperand(reader);
  else if (code === 0x0e) for (let left = reader.number() + 1; left > 0; left--) reader.number();
  else if (code === 0x1c) reader.take(reader.number());
  else if (code === 0x1f) throw new Error('try_table is not expected');
  else if ((code >= 0x28 && code <= 0x3e)) memoryOperand(reader);
  else if (code === 0x43) reader.take(4);
  else if (code === 0x44) reader.take(8);
  else if ([0x02, 0x03, 0x04, 0x06, 0x07, 0x08, 0x09, 0x0c, 0x0d, 0x18, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40, 0x41, 0x42, 0xd0].includes(code)) reader.number();
  else if (code === 0xfc) {
    const operation = reader.number();
    for (let left = operation < 8 ? 0 : [9, 11, 13, 15, 16, 17].includes(operation) ? 1 : 2; left > 0; left--) reader.number();
  } else if (code === 0xfd) {
    const operation = reader.number();
    if (operation <= 11 || operation === 92 || operation === 93) memoryOperand(reader);
    else if (operation === 12 || operation === 13) reader.take(16);
    else if (operation >= 21 && operation <= 34) reader.byte();
    else if (operation >= 84 && operation <= 91) {
      memoryOperand(reader);
      reader.byte();
    }
  } else if (code === 0xfe) throw new Error('atomics are not expected');
}

function bodiesOf(bytes) {
  const reader = new Reader(bytes);
  return Array.from({ length: reader.number() }, () => reader.take(reader.number()));
}

function reachable(roots, bodies, imports) {
  const reached = new Set(), open = [...roots];
  while (open.length > 0) {
    const index = open.pop();
    if (index < imports || reached.has(index)) continue;
    reached.add(index);
    open.push(...callsOf(bodies[index - imports]));
  }
  return reached;
}

/** Length of a time-zone file (RFC 8536 §3) at a place; 0 where there is none. */
function timeZoneLength(bytes, start) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;
  for (const width of [4, 8]) {
    if (at + 44 > bytes.length || Buffer.from(bytes.subarray(at, at + 4)).toString('latin1') !== 'TZif') return 0;
    const [universal, standard, leaps, times, types, characters] = [20, 24, 28, 32, 36, 40].map((offset) => view.getUint32(at + offset));
    at += 44 + times * (width + 1) + types * 6 + characters + leaps * (width + 4) + standard + universal;
  }
  const end = bytes.indexOf(0x0a, at + 1);
  return bytes[at] === 0x0a && end > 0 && end - at < 100 ? end + 1 - start : 0;
}

/** The one memory, with more to begin with. */
function widenMemory(bytes) {
  const reader = new Reader(bytes);
  if (reader.number() !== 1) throw new Error('one memory was expected');
  const kind = reader.byte();
  const least = Math.max(reader.number(), initialPages);
  return Buffer.from([1, kind, ...unsigned(least), ...(kind & 1 ? unsigned(reader.number()) : [])]);
}

/** The data without time-zone files. The runtime's segments are pieces of one image, cut where it is zero: memory is zero to begin with. */
function shrinkData(bytes) {
  const reader = new Reader(bytes);
  const pieces = [];
  for (let left = reader.number(); left > 0; left--) {
    if (reader.number() !== 0 || reader.byte() !== 0x41) throw new Error('a data segment of a kind that is not expected');
    const address = reader.signed();
    reader.byte();
    pieces.push({ address, data: reader.take(reader.number()) });
  }
  const first = Math.min(...pieces.map((piece) => piece.address));
  const image = Buffer.alloc(Math.max(...pieces.map((piece) => piece.address + piece.data.length)) - first);
  for (const { address, data } of pieces) image.set(data, address - first);
  let emptied = 0;
  for (let at = image.indexOf('TZif'); at >= 0; at = image.indexOf('TZif', at + 1)) {
    const length = timeZoneLength(image, at);
    emptied += length;
    image.fill(0, at, at + length);
  }
  const segments = withoutZeros(image, first);
  const parts = [unsigned(segments.length)];
  for (const { address, data } of segments) parts.push([0, 0x41, ...signed(address), 0x0b, ...unsigned(data.length)], data);
  return { bytes: Buffer.concat(parts.map((part) => Buffer.from(part))), emptied };
}

/** Zeros that cost more than the head of another segment. */
const worthCutting = 12;

function withoutZeros(data, address) {
  const pieces = [];
  for (let start = 0; start < data.length;) {
    while (start < data.length && data[start] === 0) start++;
    let end = start, zeros = 0;
    for (; end < data.length && zeros < worthCutting; end++) zeros = data[end] === 0 ? zeros + 1 : 0;
    if (end - zeros > start) pieces.push({ address: address + start, data: data.subarray(start, end - zeros) });
    start = end;
  }
  return pieces;
}

/**
 * @param {Uint8Array} wasm The runtime.
 * @param {string} symbols The names of its functions, "number:name" a line.
 * @returns {{ wasm: Buffer, functions: number, dataBytes: number }} The smaller runtime, and how much was taken out.
 */
export function shrinkWasm(wasm, symbols) {
  const names = new Map(symbols.split('\n').filter(Boolean).map((line) => [Number(line.slice(0, line.indexOf(':'))), line.slice(line.indexOf(':') + 1)]));
  const sections = sectionsOf(wasm);
  const section = (id) => sections.find((found) => found.id === id)?.bytes;
  const imports = countImports(section(Section.import));
  const bodies = bodiesOf(section(Section.code));
  const isKept = (index) => !cultural.test(names.get(index) ?? '');
  const start = section(Section.start);
  const roots = [
    ...exportsOf(section(Section.export)).map((found) => found.index).filter(isKept),
    ...tableOf(section(Section.element)).filter(isKept),
    ...(start ? [new Reader(start).number()] : []),
  ];
  const reached = reachable(roots, bodies, imports);
  const trap = Buffer.from([0, 0x00, 0x0b]);
  const kept = bodies.map((body, i) => (reached.has(i + imports) ? body : trap));
  const data = shrinkData(section(Section.data));
  const rewritten = sections.filter(({ id }) => id !== 0 && id !== 12).map(({ id, bytes }) => {
    const content = id === Section.code ? Buffer.concat([Buffer.from(unsigned(kept.length)), ...kept.flatMap((body) => [Buffer.from(unsigned(body.length)), body])])
      : id === Section.data ? data.bytes
      : id === Section.memory ? widenMemory(bytes) : bytes;
    return Buffer.concat([Buffer.from([id, ...unsigned(content.length)]), content]);
  });
  return { wasm: Buffer.concat([Buffer.from(wasm.subarray(0, 8)), ...rewritten]), functions: bodies.length - reached.size, dataBytes: data.emptied };
}
