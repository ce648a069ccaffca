// Figures as the Markdown of docs/benchmarks.md.
import fs from 'node:fs';
import os from 'node:os';

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const machine = () => {
  const name = os.cpus()[0]?.model.trim() ?? 'unknown processor';
  const system = fs.existsSync('/etc/os-release') ? /PRETTY_NAME="(.*)"/.exec(fs.readFileSync('/etc/os-release', 'utf8'))?.[1] : os.type();
  return `${os.cpus().length} × ${name}, ${system}, Node ${process.version}`;
};

// rows: { what, figures, value, target, passed }; passed is null where there is no target or no figure.
export function comparisonTable(rows, { rounds, date, load }) {
  const verdict = (passed) => (passed === null ? '' : passed ? 'met' : '**missed**');
  return [
    '<!-- comparison -->',
    '## Beside the native reference',
    '',
    `\`tests/benchmarks/run --rounds ${rounds}\` on ${machine()}, load ${load.toFixed(1)}, ${date.toISOString().slice(0, 10)}. Medians.`,
    '',
    '| what | figures | result | target | |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.what} | ${row.figures} | ${row.value} | ${row.target} | ${verdict(row.passed)} |`),
    '<!-- /comparison -->',
    '',
  ].join('\n');
}

// rows: { what, ours, other, target, remark }; ours and other are milliseconds, other null where there is nothing to compare with.
export function browserTable(rows, { rounds, repeats, date, load }) {
  const cells = ({ ours, other, target }) => (other === null
    ? ['not here', '', `≤ ${target} ×`, '']
    : [`${other.toFixed(1)} ms`, `${(ours / other).toFixed(2)} ×`, `≤ ${target} ×`, ours / other <= target ? 'met' : '**missed**']);
  return [
    '<!-- browser -->',
    '## Beside c2pa-web in Chromium',
    '',
    `\`tests/benchmarks/browser --rounds ${rounds} --repeats ${repeats}\` on ${machine()}, load ${load.toFixed(1)}, ${date.toISOString().slice(0, 10)}. Medians.`,
    '',
    '| what | ours | c2pa-web | ratio | target | |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.what}${row.remark && ` (${row.remark})`} | ${row.ours.toFixed(1)} ms | ${cells(row).join(' | ')} |`),
    '<!-- /browser -->',
    '',
  ].join('\n');
}

// rows: as those of comparisonTable.
export function extensionTable(rows, { pairs, date, load }) {
  const verdict = (passed) => (passed === null ? '' : passed ? 'met' : '**missed**');
  return [
    '<!-- extension -->',
    '## The extension on a page of 500 pictures',
    '',
    `\`tests/benchmarks/extension --pairs ${pairs}\` on ${machine()}, load ${load.toFixed(1)}, ${date.toISOString().slice(0, 10)}. Medians.`,
    '',
    '| what | figures | result | target | |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.what} | ${row.figures} | ${row.value} | ${row.target} | ${verdict(row.passed)} |`),
    '<!-- /extension -->',
    '',
  ].join('\n');
}

// rows: as those of comparisonTable.
export function serverTable(rows, { options, date, load }) {
  const verdict = (passed) => (passed === null ? '' : passed ? 'met' : '**missed**');
  return [
    '<!-- server -->',
    '## The server under load',
    '',
    `\`tests/benchmarks/server${options}\` on ${machine()}, load of the machine ${load.toFixed(1)}, ${date.toISOString().slice(0, 10)}. The server has one processor, whoever asks the other.`,
    'Rates are told by the processor\'s time for an answer, which other programs on the machine hardly touch, and in brackets by the clock. Medians.',
    '',
    '| what | figures | result | target | |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.what} | ${row.figures} | ${row.value} | ${row.target} | ${verdict(row.passed)} |`),
    '<!-- /server -->',
    '',
  ].join('\n');
}

// report: what BenchmarkDotNet wrote; only its table is kept, without the columns nobody needs.
export function layerTable(report, date = new Date()) {
  const lines = report.split('\n').filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim().replaceAll("'", '')));
  const kept = ['Method', 'Mean', 'StdDev', 'Allocated'].map((name) => lines[0].indexOf(name));
  const row = (cells) => `| ${kept.map((at) => cells[at]).join(' | ')} |`;
  return [
    '<!-- layers -->',
    '## Layer by layer',
    '',
    `\`tests/benchmarks/run --layers\` (BenchmarkDotNet, short run) on the same machine, ${date.toISOString().slice(0, 10)}.`,
    '',
    row(lines[0]),
    '|---|---:|---:|---:|',
    ...lines.slice(2).map(row),
    '<!-- /layers -->',
    '',
  ].join('\n');
}

// Each section takes the place of the one of its name, or goes to the end.
export function page(text, sections) {
  for (const section of sections) {
    const name = /^<!-- (\w+) -->/.exec(section)[1];
    const old = new RegExp(`<!-- ${name} -->[^]*<!-- /${name} -->\\n`);
    text = old.test(text) ? text.replace(old, () => section) : `${text.trimEnd()}\n\n${section}`;
  }
  return text;
}
