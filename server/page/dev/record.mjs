// Records what the command line says of the pictures of tests/samples, for the stand-in of the engine (engine.ts):
//   node server/page/dev/record.mjs
// The document of --format html is well-formed XML and draws the same page, so it is read back into one.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const program = process.env.PROVENANCE_CLI ?? join(root, 'verifier/Provenance.Cli/bin/Debug/net10.0/provenance.dll');
const folder = join(root, 'tests/samples');
const trust = ['--trust-anchors', join(folder, 'anchors.pem'), '--tsa-anchors', join(folder, 'tsa-anchors.pem')];

function run(...args) {
  return spawnSync('dotnet', [program, ...args], { encoding: 'utf8', maxBuffer: 1 << 28, cwd: folder }).stdout;
}

function answer(file, manner) {
  const line = JSON.parse(run('verify', file, '--format', 'json', ...manner));
  delete line.file;
  delete line.fileNote;
  const pages = {}, html = {};
  for (const language of ['en', 'ko']) {
    html[language] = run('verify', file, '--format', 'html', '--lang', language, ...manner);
    pages[language] = pageOf(html[language], language);
  }
  return { full: JSON.stringify(line), pages };
}

function pageOf(html, language) {
  const tree = parse(html.slice(html.indexOf('<body>'), html.indexOf('</body>')));
  const [main] = find(tree, node => node.name === 'main');
  const [label] = find(main, node => node.attributes.class?.startsWith('label'));
  const sections = find(main, node => node.name === 'section').map(node => sectionOf(node.attributes['data-topic'], node));
  const technical = find(main, node => node.name === 'details').flatMap(node => {
    const parts = [];
    for (const child of node.children) {
      if (child.name === 'h3') parts.push({ name: 'section', attributes: {}, children: [{ ...child, name: 'h2' }] });
      else parts.at(-1)?.children.push(child);
    }
    return parts.map(part => sectionOf('technical', part));
  });
  const documentOnly = new Set(['checked', 'record']);
  return {
    language,
    label: label.attributes['data-label'],
    name: text(find(tree, node => node.name === 'h1')[0]),
    sentence: text(find(label, node => node.attributes.class === 'sentence')[0]),
    lines: find(label, node => node.name === 'li').map(text),
    sections: sections.filter(section => !documentOnly.has(section.topic)),
    further: [...sections.filter(section => documentOnly.has(section.topic)), ...technical],
  };
}

function sectionOf(topic, node) {
  const rows = [], nodes = [];
  let strip;
  for (const child of node.children) {
    if (child.name === 'dl') {
      let name = '';
      for (const cell of child.children) {
        if (cell.name === 'dt') name = text(cell);
        else if (cell.name === 'dd') rows.push({ name, text: text(cell), ...cell.attributes.class === 'code' && { isCode: true } });
      }
    }
    if (child.name === 'ul' || child.name === 'ol') nodes.push(...nodesOf(child));
    if (child.attributes?.class === 'strip') {
      const [drawing] = find(child, part => part.name === 'svg');
      strip = { width: 240, parts: find(drawing, part => part.name === 'rect').map(({ attributes: a }) => ({ kind: a.class, start: Number(a.x), columns: Number(a.width) })) };
    }
  }
  return { topic: topic === 'notchecked' ? 'not-checked' : topic, title: text(find(node, part => part.name === 'h2')[0]), rows, nodes, ...strip && { strip } };
}

const SHAPES = [
  ['M16 10.5', 'intact-known'], ['M16 8.5', 'intact-time-unproven'], ['M1.5 16', 'revoked'], ['M14 27', 'broken'], ['M6 3.5', 'unreadable'],
  ['dashed', 'not-checked'], ['M7 16', 'none'],
];

function nodesOf(list) {
  return list.children.filter(child => child.name === 'li').map(item => {
    const line = item.children.find(child => child.attributes?.class?.startsWith('line'));
    if (line === undefined) return { text: text(item) };
    const part = name => find(line, node => node.attributes.class === name).map(text)[0];
    const strokes = find(line, node => node.name === 'path').map(node => `${node.attributes.d} ${node.attributes.class}`).join('|');
    const image = item.children.filter(child => child.name === 'figure').flatMap(child => find(child, node => node.name === 'img'))[0];
    const source = /^data:([^;]+);base64,(.*)$/.exec(image?.attributes.src ?? '');
    const children = item.children.filter(child => child.name === 'ul' || child.name === 'ol').flatMap(nodesOf);
    return {
      text: part('what') ?? text(line),
      ...part('note') && { note: part('note') },
      ...part('when') && { when: part('when') },
      ...strokes && { label: SHAPES.find(([mark]) => strokes.includes(mark))?.[1] ?? 'intact-unknown-issuer' },
      ...children.length > 0 && { children },
      ...source && { picture: { mediaType: source[1], width: 0, height: 0, data: source[2] } },
    };
  });
}

function parse(xml) {
  const top = { name: '', attributes: {}, children: [] }, open = [top];
  for (const [, tag, slashed, between] of xml.matchAll(/<([^>]+?)(\/?)>|([^<]+)/g)) {
    if (between !== undefined) open.at(-1).children.push(unescape(between));
    else if (tag.startsWith('/')) open.pop();
    else {
      const node = { name: tag.split(/\s/)[0], attributes: Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, unescape(value)])), children: [] };
      open.at(-1).children.push(node);
      if (slashed === '') open.push(node);
    }
  }
  return top;
}

function unescape(text) {
  return text.replace(/&(#?\w+);/g, (_, name) => name.startsWith('#x') ? String.fromCodePoint(parseInt(name.slice(2), 16)) : name.startsWith('#')
    ? String.fromCodePoint(Number(name.slice(1))) : { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name]);
}

function find(node, test) {
  return node.children?.flatMap(child => typeof child === 'string' ? [] : [...test(child) ? [child] : [], ...find(child, test)]) ?? [];
}

function text(node) {
  return node === undefined ? '' : typeof node === 'string' ? node : node.children.map(text).join('').trim();
}

function boxesOf(printed) {
  const top = { name: '', children: [] }, open = [{ depth: -1, box: top }];
  for (const line of printed.split('\n').slice(1)) {
    const [, indent, rest] = /^([│├└─ ]*)(.*)$/.exec(line) ?? [];
    if (!rest) continue;
    const [, name, offset, length, value] = /^(.*?)(?: @ 0x([0-9A-F]+))?(?: \((\d+) bytes\))?(?:: (.*))?$/.exec(rest);
    const box = { name, ...value && { value }, ...offset && { offset: parseInt(offset, 16) }, ...length && { length: Number(length) } };
    while (open.at(-1).depth >= indent.length) open.pop();
    (open.at(-1).box.children ??= []).push(box);
    open.push({ depth: indent.length, box });
  }
  return top.children[0];
}

const recorded = {};
for (const file of readdirSync(folder).filter(name => name.endsWith('.jpg'))) {
  const bytes = readFileSync(join(folder, file));
  recorded[createHash('sha256').update(bytes).digest('hex')] = {
    known: answer(file, trust),
    unknown: answer(file, ['--no-trust']),
    boxes: boxesOf(run('inspect', file)),
  };
}
writeFileSync(join(import.meta.dirname, 'recorded.json'), JSON.stringify(recorded));
