import { readFile } from 'node:fs/promises';
import { samplePath } from '../browser/files.mjs';
import { launchExtension } from './harness/extension.mjs';
import { serveSite, redirect, endless } from './harness/site.mjs';
const site = await serveSite();
const ext = await launchExtension({ sites: ['*://*.example/*', 'http://127.0.0.1/*'] });
try {
  for (let i = 0; i < 50 && !(await ext.worker().evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).length)); i++) await new Promise((r) => setTimeout(r, 100));
  const room = site.room();
  const good = await readFile(samplePath('good.jpg')), none = await readFile(samplePath('none.jpg')), changed = await readFile(samplePath('changed.jpg'));
  room.put('good.jpg', good).put('none.jpg', none).put('changed.jpg', changed).put('ai.jpg', await readFile(samplePath('ai.jpg')));
  room.put('red.jpg', redirect(room.url('good.jpg', 'cdn.example')));
  room.put('shared.jpg', good, { type: 'image/jpeg', headers: { 'Access-Control-Allow-Origin': '*' } });
  const url = room.page('index.html', `<img src="good.jpg"><img src="none.jpg"><img src="changed.jpg"><img src="${room.url('ai.jpg', 'cdn.example')}"><img src="${room.url('red.jpg', 'cdn.example')}"><img crossorigin src="${room.url('shared.jpg', 'cdn.example')}"><img src="${room.url('good.jpg', '127.0.0.1')}"><img src="data:image/jpeg;base64,${good.toString('base64')}"><img src="missing.jpg"><img id=b>`, { head: `<script>addEventListener('DOMContentLoaded',async()=>{ b.src = URL.createObjectURL(await (await fetch('good.jpg')).blob()) })</script>` });
  const logs = [];
  ext.context.on('console', (m) => logs.push(m.text()));
  const t = Date.now();
  const page = await ext.open(url);
  const view = await ext.view(page, (v) => v.entries.length >= 10 && v.entries.every((e) => e.phase === 'answered' && (e.verdict.label==='none' || e.verdict.obstacle || e.sameness))).catch((e) => { console.log(e.message.slice(0, 3000)); });
  console.log(Date.now() - t, 'ms');
  if (view) for (const e of view.entries) console.log(e.url.slice(0, 60), e.phase, e.verdict?.label, e.verdict?.obstacle, e.sameness, JSON.stringify(e.verdict?.size), e.natural && JSON.stringify(e.natural), e.verdict?.issuer, e.verdict?.sentence.slice(0, 50));
  for (const r of room.log()) console.log(r.method, r.host, r.path, r.headers.range ?? '', r.headers.origin ?? '', r.headers.accept, r.headers['sec-fetch-mode'], r.headers.referer ?? '-', r.headers.cookie ?? '');
  console.log(logs);
  console.log(JSON.stringify(view && { ...view, entries: 0 }));
  if (view) {
    const e = view.entries[0];
    console.log(await ext.ask({ kind: 'bytes', tab: page.tab, frame: 0, id: e.id }));
    const r = await ext.ask({ kind: 'report', tab: page.tab, frame: 0, id: e.id, format: 'json', language: 'en' });
    console.log(r.name, r.text?.length, r.why);
    const r2 = await ext.ask({ kind: 'report', tab: page.tab, frame: 0, id: view.entries[1].id, format: 'html', language: 'ko' });
    console.log(r2.name, r2.text?.length, r2.why);
  }
} finally { await ext.close(); await site.close(); }
