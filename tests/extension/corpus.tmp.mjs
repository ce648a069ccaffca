import { readFile } from 'node:fs/promises';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { launchExtension } from './harness/extension.mjs';
import { serveSite } from './harness/site.mjs';
const site = await serveSite();
const ext = await launchExtension({ sites: ['*://*.example/*'] });
try {
  for (let i = 0; i < 100 && !(await ext.worker().evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).length)); i++) await new Promise((r) => setTimeout(r, 100));
  const room = site.room();
  const files = (await readdir('/work/shared/corpus', { recursive: true, withFileTypes: true })).filter((e) => e.isFile() && /\.(jpe?g|png|webp|gif|avif|svg)$/i.test(e.name)).map((e) => path.join(e.parentPath ?? e.path, e.name)).sort();
  const some = files.filter((_, i) => i % Number(process.argv[2] ?? 4) === 0);
  let html = '';
  for (const [i, f] of some.entries()) { const ext = path.extname(f).toLowerCase().replace('.jpeg','.jpg'); room.put(`${i}${ext}`, await readFile(f)); html += `<img style="width:100px;display:inline-block;margin:2px" src="${i}${ext}">`; }
  const page = await ext.open(room.page('index.html', html));
  const loaded = await page.evaluate(() => [...document.images].filter((i) => i.naturalWidth).length);
  console.log(some.length, 'files', loaded, 'shown');
  await ext.listener();
  await ext.tell({ kind: 'check-all', tab: page.tab });
  const t = Date.now();
  const view = await ext.view(page, (v) => v.entries.length >= loaded && v.entries.every((e) => e.phase === 'answered' && e.sameness), 120000);
  console.log(Date.now() - t, 'ms', view.entries.length, 'requests', room.log().length);
  const counts = {};
  for (const e of view.entries) { const k = `${e.verdict.label} ${e.verdict.obstacle} ${e.sameness}`; counts[k] = (counts[k] ?? 0) + 1; if (e.sameness === 'other' || e.verdict.obstacle || (e.sameness === 'fresh' && e.verdict.label !== 'none')) console.log(k, some[parseInt(path.basename(new URL(e.url).pathname))], JSON.stringify(e.natural), JSON.stringify(e.verdict.size)); }
  console.log(counts);
} finally { await ext.close(); await site.close(); }
