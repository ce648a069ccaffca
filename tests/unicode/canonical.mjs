// Writes the table of verifier/Provenance.Verifier/Bytes/Unicode (canonical.bin) from what this Node's own
// String.prototype.normalize does, and prints the facts that NfcTests compares with:
//
//     node tests/unicode/canonical.mjs
//
// The table: major and minor version of Unicode, one byte each; then numbers of 7 bits a byte, the lowest first, the top bit set where one
// more byte follows:
//   number of runs; for each run: distance from the end of the run before, length, class
//   number of entries; for each: distance from the entry before, 2 * number of code points + (1 if it is composed again), code points
// A class is the rank of a canonical combining class among those that exist, from 1: only their order means anything (UAX #15).
// An entry that is composed again holds the two it is composed of; any other its whole decomposition. Hangul syllables are not in the
// table, they follow from their numbers (Unicode §3.12).
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const nfc = text => text.normalize('NFC'), nfd = text => text.normalize('NFD');
const chr = String.fromCodePoint;
const ords = text => [...text].map(c => c.codePointAt(0));
const every = function* () { for (let c = 0; c < 0x110000; c++) if (c < 0xD800 || c > 0xDFFF) yield c; };
const isHangul = c => c >= 0xAC00 && c <= 0xD7A3;

// Marks: U+0334 has the lowest class and U+0345 the highest, so each mark changes places with one of them.
const swaps = (a, b) => nfd(chr(a) + chr(b)) === chr(b) + chr(a);
const marks = [...every()].filter(c => nfd(chr(c)) === chr(c) && (swaps(0x345, c) || swaps(c, 0x334) || c === 0x334 || c === 0x345));
const representatives = [];
for (const mark of marks)
  if (!representatives.some(other => mark === other || (!swaps(mark, other) && !swaps(other, mark)))) representatives.push(mark);
representatives.sort((a, b) => swaps(a, b) ? 1 : swaps(b, a) ? -1 : 0);
const classOf = mark => 1 + representatives.findIndex(other => mark === other || (!swaps(mark, other) && !swaps(other, mark)));

const runs = [];
for (const mark of marks) {
  const rank = classOf(mark), last = runs.at(-1);
  if (last && last.end === mark && last.rank === rank) last.end++;
  else runs.push({ start: mark, end: mark + 1, rank });
}

const entries = [];
for (const c of every()) {
  if (isHangul(c) || nfd(chr(c)) === chr(c)) continue;
  const whole = ords(nfd(chr(c))), isComposed = nfc(chr(c)) === chr(c);
  const parts = isComposed ? [...ords(nfc(chr(...whole.slice(0, -1)))), whole.at(-1)] : whole;
  if (isComposed && parts.length !== 2) throw new Error(`U+${c.toString(16)} is not composed of two`);
  entries.push({ c, parts, isComposed });
}

const bytes = process.versions.unicode.split('.').slice(0, 2).map(Number);
const number = n => { for (; n > 0x7F; n >>= 7) bytes.push(n & 0x7F | 0x80); bytes.push(n); };
number(runs.length);
let end = 0;
for (const run of runs) { number(run.start - end); number(run.end - run.start); number(run.rank); end = run.end; }
number(entries.length);
let before = 0;
for (const { c, parts, isComposed } of entries) {
  number(c - before); number(2 * parts.length + (isComposed ? 1 : 0)); parts.forEach(number);
  before = c;
}
const folder = dirname(fileURLToPath(import.meta.url));
writeFileSync(join(folder, '../../verifier/Provenance.Verifier/Bytes/Unicode/canonical.bin'), Buffer.from(bytes));

// Facts: SHA-256 over NFC forms, each followed by a line feed.
const fact = (name, texts) => {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(nfc(text) + '\n');
  console.log(name.padEnd(12), hash.digest('hex').toUpperCase());
};
const of = function* (make) { for (const c of every()) yield make(c); };
const pool = [0x61, 0x65, 0x41, ...marks, ...entries.map(e => e.c), ...entries.flatMap(e => e.parts), 0x1100, 0x1112, 0x1161, 0x1175, 0x11A7, 0x11A8, 0x11C2, 0xAC00, 0xAC01, 0xD788, 0xD7A3, 0x4E00, 0x1F600]
  .sort((a, b) => a - b).filter((c, i, all) => c !== all[i - 1]);
const random = function* () {
  let state = 20261122;
  const next = n => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0, Math.floor(state / 65536) % n);
  for (let i = 0; i < 100000; i++) {
    const length = 1 + next(12);
    yield chr(...Array.from({ length }, () => pool[next(pool.length)]));
  }
};
console.log('Unicode     ', process.versions.unicode, `${runs.length} runs, ${entries.length} entries, ${representatives.length} classes, ${bytes.length} bytes, pool ${pool.length}`);
fact('alone', of(c => chr(c)));
fact('decomposed', of(c => nfd(chr(c))));
fact('marked', of(c => 'e' + chr(c) + '\u0323\u0301'));
fact('marking', of(c => chr(c) + '\u0301\u0334\u0345'));
fact('behind L', of(c => '\u1100' + chr(c) + '\u11A8'));
fact('random', random());
