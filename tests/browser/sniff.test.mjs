// The sniffer says `cannot` of no file in which the engine finds something, and of most others. The command line tells what the engine finds.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { minify, transformWithOxc } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));
const corpus = join(root, "../shared/corpus");
const samples = join(root, "tests/samples");
const folder = mkdtempSync(join(tmpdir(), "sniff-"));
after(() => rmSync(folder, { recursive: true }));

const source = join(root, "verifier/Provenance.Browser/package/src/sniff.ts");
const { code } = await minify("sniff.js", (await transformWithOxc(readFileSync(source, "utf8"), source)).code, { module: true });
const { sniff } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

const HEAD = 65536;
const built = (project, name) => ["Release", "Debug"].map((kind) => join(root, project, "bin", kind, "net10.0", name)).find(existsSync);

/** Asks until there is an answer, at most `most` bytes at a time; tells how many ranges behind the first were read. */
function ask(file, { length = file.length, most = Infinity, head = HEAD } = {}) {
  let answer = sniff(file.subarray(0, head), length);
  let ranges = 0;
  for (; typeof answer === "object"; ranges++) {
    assert.ok(answer.from <= file.length && answer.length > 0 && ranges <= file.length / Math.min(most, HEAD) + 1, "asks for what is not there, or without end");
    answer = answer.next(file.subarray(answer.from, answer.from + Math.min(answer.length, most)));
  }
  assert.ok(answer === "may" || answer === "cannot");
  return { answer, ranges };
}

/** What browsers mean by "latin1" (WHATWG Encoding); Node 20 reads 80 to 9F as they are. */
class BrowserDecoder {
  static #letters = Uint16Array.from({ length: 256 }, (_, byte) => {
    const special = "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";
    return byte >= 0x80 && byte < 0xa0 ? special.charCodeAt(byte - 0x80) : byte;
  });

  constructor(label) {
    assert.equal(label, "latin1");
  }

  decode(bytes) {
    return Buffer.from(Uint16Array.from(bytes, (byte) => BrowserDecoder.#letters[byte]).buffer).toString("utf16le");
  }
}

function inBrowser(what) {
  const ours = globalThis.TextDecoder;
  globalThis.TextDecoder = BrowserDecoder;
  try {
    return what();
  } finally {
    globalThis.TextDecoder = ours;
  }
}

/** What the command line says of each file. */
function reportsOn(files) {
  const list = join(folder, "files");
  writeFileSync(list, files.join("\n") + "\n");
  const options = ["verify", "--format", "json", "--no-trust", "--no-metadata", "--files-from", list];
  const run = spawnSync("dotnet", [built("verifier/Provenance.Cli", "provenance.dll"), ...options], { encoding: "utf8", maxBuffer: 1 << 30 });
  assert.equal(run.error, undefined);
  const reports = run.stdout.split("\n").slice(0, -1).map((line) => JSON.parse(line));
  assert.equal(reports.length, files.length, run.stderr);
  return reports;
}

/** Sniffs files in several ways, holds the answers to what the engine says, and sums up for each media type. */
function judge(files) {
  const sums = new Map();
  reportsOn(files).forEach(({ label, mediaType, origin }, i) => {
    const file = readFileSync(files[i]);
    const { answer, ranges } = ask(file);
    // A store beside the file is no matter of its bytes.
    if (label !== "none" && origin !== "beside") {
      assert.equal(answer, "may", `${files[i]} is ${label}`);
      assert.equal(ask(file, { length: undefined }).answer, "may", `${files[i]} of unknown length is ${label}`);
      assert.equal(inBrowser(() => ask(file, { head: 1000, most: 3333 })).answer, "may", `${files[i]} in small ranges is ${label}`);
    } else if (label === "none") {
      const sum = sums.get(mediaType) ?? { none: 0, cannot: 0, atOnce: 0, ranges: 0 };
      sums.set(mediaType, sum);
      sum.none++;
      if (answer === "may") return;
      sum.cannot++;
      sum.atOnce += ranges === 0 ? 1 : 0;
      sum.ranges = Math.max(sum.ranges, ranges);
      assert.equal(inBrowser(() => ask(file)).answer, "cannot", `${files[i]} in a browser`);
    }
  });
  return sums;
}

function filesUnder(path) {
  return statSync(path).isDirectory() ? readdirSync(path).sort().flatMap((name) => filesUnder(join(path, name))) : [path];
}

test("it has at most 900 bytes when minified", () => {
  console.log(`the sniffer: ${code.length} bytes`);
  assert.match(code, /^[\0-\x7f]*$/);
  assert.ok(code.length <= 900, `${code.length} bytes`);
});

test("of the corpus, what the engine finds something in is never said to hold nothing, and most else is", { skip: !existsSync(corpus) && "../shared is not here" }, () => {
  const sums = judge(filesUnder(corpus));
  for (const [type, { none, cannot, atOnce, ranges }] of [...sums].sort()) {
    if (cannot > 0) console.log(`${type}: cannot for ${cannot} of ${none} files without credentials, ${atOnce} by their first 64 KiB; at most ${ranges} more ranges`);
  }
  // The rest names C2PA in its metadata, holds the remains of a store, or is over a limit: one in ten at most.
  for (const type of ["image/jpeg", "image/png", "image/webp", "image/gif"]) {
    const { none, cannot } = sums.get(type);
    assert.ok(cannot >= 0.9 * none, `${type}: ${cannot} of ${none}`);
  }
});

test("so it is with the samples and the TestKit's signed and damaged files", () => {
  const matrix = join(folder, "matrix");
  const run = spawnSync("dotnet", [built("tests/Provenance.Samples", "Provenance.Samples.dll"), "--matrix", matrix], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  const sums = judge([...filesUnder(samples), ...filesUnder(matrix)]);
  assert.ok(sums.get("image/jpeg").cannot > 0);
});

const bytes = (...parts) => Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.isBuffer(part) ? part : Buffer.from(part))));
const u32 = (value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const zeros = (count) => Buffer.alloc(count);
const many = (count, part) => Buffer.concat(Array(count).fill(Buffer.from(part)));
const xmp = (property) => `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:t="http://purl.org/dc/terms/" ${property}="https://example.com/a.c2p"/></rdf:RDF></x:xmpmeta>`;
const [silent, pointing] = [xmp("t:source"), xmp("t:provenance")];

const segment = (marker, ...parts) => bytes([0xff, marker, (bytes(...parts).length + 2) >> 8, (bytes(...parts).length + 2) & 255], ...parts);
const jpeg = (...parts) => bytes([0xff, 0xd8], segment(0xe0, "JFIF\0"), ...parts, segment(0xda, zeros(6)), [0x12, 0xff, 0, 0x34, 0xff, 0xd9]);
const ending = (...parts) => bytes(jpeg().subarray(0, -2), ...parts);
const xmpSegment = (packet) => segment(0xe1, "http://ns.adobe.com/xap/1.0/\0", packet);
const long = many(4, segment(0xe2, zeros(60000)));
const storeStart = (type) => bytes("JP\0\x01", u32(1), u32(40), "jumb", u32(32), `jumd${type}\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\x03c2p_\0`);

const chunk = (type, ...parts) => bytes(u32(bytes(...parts).length), type, ...parts, zeros(4));
const png = (...parts) => bytes("\x89PNG\r\n\x1a\n", chunk("IHDR", zeros(13)), ...parts, chunk("IDAT", zeros(9)), chunk("IEND"));
const short = bytes(u32(1), "teXtx-CRC");
const xmpChunk = (packet) => chunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0", packet);

const little = (value) => u32(value).reverse();
const riffChunk = (id, ...parts) => bytes(id, little(bytes(...parts).length), ...parts, zeros(bytes(...parts).length & 1));
const webp = (...parts) => bytes("RIFF", little(bytes(...parts).length + 22), "WEBP", riffChunk("VP8 ", zeros(10)), ...parts);

const gif = (...parts) => bytes("GIF89a", [1, 0, 1, 0, 0, 0, 0], ...parts, [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b]);
const magicTrailer = [1, ...Array.from({ length: 256 }, (_, i) => 255 - i), 0];
const cut = (packet) => bytes(...packet.match(/.{1,200}/gs).flatMap((part) => [[part.length], part]));
/** So that the end of a sub-block lies within the pointer's name; behind the packet is what engines leave out for the trailer. */
const atCut = (packet) => " ".repeat(395 - (packet.indexOf("provenance") % 200)) + packet + " ".repeat(257);
const application = (name, ...parts) => bytes([0x21, 0xff, 11], name, ...parts);

const box = (type, ...parts) => bytes(u32(bytes(...parts).length + 8), type, ...parts);
const avif = (...parts) => bytes(box("ftyp", "avif\0\0\0\0avif"), ...parts, box("mdat", zeros(9)));
const sized = (length) => avif(box("free", zeros(length - avif(box("free")).length)));
const places = (sizes, ...entries) => box("meta", zeros(4), box("iloc", zeros(4), sizes, [0, entries.length], ...entries));
const entry = (extents, length) => bytes([0, 1, 0, 0, extents >> 8, extents & 255], zeros(length));
const uuid = (id) => box("uuid", Buffer.from(id, "hex"), zeros(4), "manifest\0", zeros(8));

const svg = (inside, before = "") => `${before}<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`;
const packet = (text) => `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>${text}<?xpacket end="w"?>`;

/** The last that cannot, and the first that may; what the engine says of the second. `*`: none, as here it stops sooner than need be. */
const pairs = {
  "JPEG: an XMP packet with another property, and with the pointer": [jpeg(xmpSegment(silent)), jpeg(xmpSegment(pointing)), "not-checked"],
  "JPEG: a pointer far behind the first 64 KiB": [jpeg(long, xmpSegment(silent)), jpeg(long, xmpSegment(pointing)), "not-checked"],
  "JPEG: a box of another type in APP11, and a store in pieces that do not add up": [jpeg(segment(0xeb, storeStart("abcd"))), jpeg(segment(0xeb, storeStart("c2pa"))), "unreadable"],
  "JPEG: a store behind the scan": [ending(segment(0xeb, storeStart("abcd")), [0xff, 0xd9]), ending(segment(0xeb, storeStart("c2pa")), [0xff, 0xd9]), "unreadable"],
  "JPEG: an APP11 segment that the file's end cuts behind 43 and behind 42 bytes": [ending([0xff, 0xeb, 1, 0], "J".repeat(39)), ending([0xff, 0xeb, 1, 0], "J".repeat(38)), "*"],
  "JPEG: an APP11 segment that the file's end cuts, too short to tell": [jpeg(), ending([0xff, 0xeb, 1, 0], "J".repeat(20)), "unreadable"],
  "JPEG: 30,000 and 30,001 markers": [jpeg(many(29996, [0xff, 0x01])), jpeg(many(29997, [0xff, 0x01])), "*"],
  "JPEG: more markers than the engine's limit": [jpeg(), jpeg(many(70000, [0xff, 0x01])), "unreadable"],
  "JPEG: damaged, with a store out of reach": [bytes(jpeg().subarray(0, 30), "damage", jpeg().subarray(30)), ending([0xff, 0xe2, 0xff, 0xff], "jumdc2pa\0\x11\0\x10"), "unreadable"],
  "JPEG: damaged, with a store out of reach as Base64": [ending([0xff, 0xe2, 0xff, 0xff], "anVtZGMycGFAEQAQ"), ending([0xff, 0xe2, 0xff, 0xff], "anVtZGMycGEAEQAQ"), "unreadable"],
  "PNG: an XMP packet with another property, and with the pointer behind the picture": [png(xmpChunk(silent)), bytes(png().subarray(0, -12), xmpChunk(pointing), chunk("IEND")), "not-checked"],
  "PNG: a chunk of another name, and of a store's": [png(chunk("caBY", "x")), png(chunk("caBX", "x")), "unreadable"],
  "PNG: the signature, and one damaged in transfer": [png(), bytes(png().subarray(0, 4), "\n\n", png().subarray(6)), "unreadable"],
  "PNG: more chunks than the engine's limit": [png(many(59000, short)), png(many(66000, short)), "unreadable"],
  "WebP: an XMP packet with another property, and with the pointer": [webp(riffChunk("XMP ", silent)), webp(riffChunk("XMP ", pointing)), "not-checked"],
  "WebP: a chunk of another name, and of a store's": [webp(riffChunk("C2PB", "x")), webp(riffChunk("C2PA", "x")), "unreadable"],
  "WebP: more chunks than the engine's limit": [webp(many(59000, riffChunk("abcd", "x"))), webp(many(66000, riffChunk("abcd", "x"))), "unreadable"],
  "GIF: an XMP packet with another property, and with the pointer": [gif(application("XMP DataXMP", silent, magicTrailer)), gif(application("XMP DataXMP", pointing, magicTrailer)), "not-checked"],
  "GIF: an XMP packet as it is, and one in sub-blocks, which cut the pointer": [gif(application("XMP DataXMP", silent, magicTrailer)), gif(application("XMP DataXMP", cut(atCut(pointing)), [0])), "not-checked"],
  "GIF: an application of another name, and a store's in another version": [gif(application("C2P__GIF1.0", [1, 0, 0])), gif(application("C2PA_GIF1.0", [1, 0, 0])), "unreadable"],
  "GIF: more blocks than the engine's limit": [gif(many(9000, [0x21, 0xfe, 0])), gif(many(70000, [0x21, 0xfe, 0])), "unreadable"],
  "AVIF: a box of another type, and C2PA's": [avif(uuid("00112233445566778899aabbccddeeff")), avif(uuid("d8fec3d61b0e483c92975828877ec481")), "unreadable"],
  "AVIF: a box of XMP with another property, and with the pointer": [avif(box("uuid", Buffer.from("be7acfcb97a942e89c71999491e3afac", "hex"), silent)), avif(box("uuid", Buffer.from("be7acfcb97a942e89c71999491e3afac", "hex"), pointing)), "not-checked"],
  "AVIF: places of 8 bytes, and more places of none than the engine's limit": [avif(places([0x44, 0], entry(2, 16))), avif(places([0, 0], entry(65535, 0), entry(65535, 0))), "unreadable"],
  "AVIF: 479,943 bytes, and one more: 60,000 times 8 with those that are looked at twice": [sized(479943), sized(479944), "*"],
  "AVIF: a brand, and a box too short for one": [bytes(u32(12), "ftypavif"), bytes(u32(8), "ftypavi"), "unreadable"],
  "SVG: a drawing, and one with a manifest": [bytes(svg("<path/>")), bytes(svg("<metadata><c2pa:manifest>eA==</c2pa:manifest></metadata>")), "unreadable"],
  "SVG: an XMP packet without its instruction, and with it": [bytes(svg(silent)), bytes(svg(packet(pointing))), "not-checked"],
  "SVG: behind a declaration, and behind one whose quotes hide another root": [
    bytes(svg("", `<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" 'svg11.dtd'>`)),
    bytes(svg("", `<!DOCTYPE svg "><svg "><html>`)), "*"],
  "SVG: a root within the first 4,096 bytes, and behind them": [bytes(svg("", " ".repeat(4091))), bytes(svg("", " ".repeat(4092))), "*"],
  "icon: and what is almost one": [bytes([0, 0, 1, 0, 1, 0], zeros(20)), bytes([0, 0, 0, 1, 0, 0], zeros(20)), "unreadable"],
  "Matroska: and a box of a film that starts with its letters": [bytes("\x1aE\xdf\xa3", zeros(9)), bytes("\x1aE\xdf\xa3ftypisom"), "*"],
};

mkdirSync(join(folder, "pairs"));
const pairFiles = Object.values(pairs).flatMap(([last, first], i) =>
  [last, first].map((content, j) => {
    const path = join(folder, "pairs", `${i}-${j}`);
    writeFileSync(path, content);
    return path;
  }),
);
const pairLabels = reportsOn(pairFiles).map((report) => report.label);

Object.entries(pairs).forEach(([name, [last, first, label]], i) =>
  test(name, () => {
    assert.deepEqual(pairLabels.slice(2 * i, 2 * i + 2), ["none", label === "*" ? "none" : label]);
    for (const way of [{}, { length: undefined }]) {
      assert.deepEqual([ask(last, way).answer, ask(first, way).answer], ["cannot", "may"]);
      assert.deepEqual(inBrowser(() => [ask(last, way).answer, ask(first, way).answer]), ["cannot", "may"]);
    }
    // Where small ranges meet, parts are counted twice; of a small file that makes no difference.
    assert.equal(ask(first, { head: 4200, most: 1000 }).answer, "may");
    if (last.length < 20000) assert.equal(ask(last, { head: 4200, most: 1000 }).answer, "cannot");
  }),
);

test("bytes of nothing known may, and so do none at all", () => {
  for (const content of ["", "hello", "%PDF-1.7", "\xff\xd8", "<html>", "RIFF....WAVE"]) assert.equal(ask(bytes(content)).answer, "may", content);
});

test("a file that ends before it should may", () => {
  const more = sniff(jpeg(segment(0xe2, zeros(60000)), segment(0xe2, zeros(60000))).subarray(0, HEAD), 120000);
  assert.deepEqual([more.from, more.length], [HEAD, 120000 - HEAD]);
  assert.equal(more.next(bytes()), "may");
});

test("of 300,000,000 bytes it can tell, of one more it does not", () => {
  const rest = (count) => ({ length: count, slice: () => new Uint8Array(9) });
  for (const [length, answer] of [[3e8, "cannot"], [3e8 + 1, "may"]]) assert.equal(sniff(bytes(png(), zeros(HEAD)).subarray(0, HEAD), length).next(rest(length - HEAD)), answer);
});

test("bytes that threads share are read too", () => {
  const shared = new Uint8Array(new SharedArrayBuffer(64));
  shared.set(png().subarray(0, 64));
  assert.equal(sniff(shared, 64), "cannot");
});

/** Numbers that are the same in each run (Numerical Recipes' generator). */
function numbers(seed) {
  return (below) => Math.floor(((seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32) * below);
}

test("of 600 damaged files, too, what the engine finds something in may", () => {
  const below = numbers(5);
  const whole = [...Object.values(pairs).flatMap(([last, first]) => [last, first]), ...filesUnder(samples).filter((path) => path.endsWith(".jpg")).map((path) => readFileSync(path))].filter((file) => file.length < 300000);
  const words = ["c2pa", "C2PA", "caBX", "provenance", "manifest", "jumb", "\xff\xeb", "\xff\xd9", "\0\0\0\0", "ftyp", "IEND"];
  mkdirSync(join(folder, "damaged"));
  const files = Array.from({ length: 600 }, (_, i) => {
    let file = Buffer.from(whole[below(whole.length)]);
    for (let changes = below(4); changes >= 0; changes--) {
      const at = below(Math.min(file.length, 2000));
      const kind = below(4);
      if (kind === 0) file = file.subarray(0, at + 1);
      else if (kind === 1) file[at] = below(256);
      else if (kind === 2) file = bytes(file.subarray(0, at), words[below(words.length)], file.subarray(at));
      else file = bytes(file.subarray(0, at), file.subarray(at + below(40)));
    }
    const path = join(folder, "damaged", `${i}`);
    writeFileSync(path, file);
    return path;
  });
  const sums = judge(files);
  assert.ok([...sums.values()].some(({ cannot }) => cannot > 20));
});
