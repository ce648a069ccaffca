import { readFile } from 'node:fs/promises';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { launchExtension } from './harness/extension.mjs';
import { serveSite } from './harness/site.mjs';
const site = await serveSite();
const ext = await launchExtension({ sites: ['*://*.example/*'] });
try {
  for (let i = 0; i < 100 && !(await ext.worker().evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).length)); i++) await new Promise((r) => setTimeout(r, 100));
  const room = site.room();
  const all = (await readdir('/work/shared/corpus', { recursive: true, withFileTypes: true })).filter((e) => e.isFile() && /\.(jpe?g|png|webp)$/i.test(e.name)).map((e) => path.join(e.parentPath ?? e.path, e.name));
  const sized = []; for (const f of all) sized.push([(await stat(f)).size, f]);
  const some = sized.sort((a, b) => b[0] - a[0]).filter((_, i) => i % 6 === 0).slice(0, 12);
  let html = '';
  for (const [i, [, f]] of some.entries()) { const ext = path.extname(f).toLowerCase(); room.put(`${i}${ext}`, await readFile(f)); html += `<img style="width:100px;display:inline-block;margin:2px" src="${i}${ext}">`; }
  const page = await ext.open(room.page('index.html', html, { head: `<script>globalThis.long=[];new PerformanceObserver(l=>{for(const e of l.getEntries())long.push([Math.round(e.startTime),Math.round(e.duration)])}).observe({type:'longtask',buffered:true})</script>` }));
  await page.waitForTimeout(3000);
  const view0 = await ext.view(page, (v) => v.entries.length >= some.length && v.entries.every((e) => e.phase === 'answered' && e.sameness), 60000).catch(() => null);
  console.log(await page.evaluate(() => [performance.now(), JSON.stringify(long)]));
  const before = await page.evaluate(() => long.length);
  // again, one at a time, by the reader
  for (const e of view0.entries) {
    const start = await page.evaluate(() => performance.now());
    await ext.tell({ kind: 'check', tab: page.tab, frame: 0, ids: [e.id] });
    await page.waitForTimeout(100);
    const v = await ext.view(page, (v) => v.entries.every((e) => e.phase === 'answered' && e.sameness), 60000);
    await page.waitForTimeout(300);
    const n = v.entries.find((x) => x.id === e.id);
    console.log(some[parseInt(path.basename(new URL(e.url).pathname))].join(' '), JSON.stringify(e.natural), n.verdict.label, n.sameness, await page.evaluate((s) => JSON.stringify(long.filter(([t]) => t >= s)), start));
  }
} finally { await ext.close(); await site.close(); }
