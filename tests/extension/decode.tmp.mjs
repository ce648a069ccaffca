import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { launchPlain } from './harness/extension.mjs';
import { serveSite } from './harness/site.mjs';
const site = await serveSite();
const { context, close } = await launchPlain();
try {
  const room = site.room();
  const files = ['public-testfiles/nikon-20221019-building.jpeg', 'real-world/adobe-c2pa-actions-1.2.png', 'real-world/openai-chatgpt-greencat.png', 'public-testfiles/truepic-20230212-landscape.jpg', 'c2pa-js-legacy/E-clm-CAICAI.jpg'];
  for (const [i, f] of files.entries()) room.put(`${i}${path.extname(f)}`, await readFile(`/work/shared/corpus/${f}`), { type: f.endsWith('png') ? 'image/png' : 'image/jpeg' });
  const page = await context.newPage();
  await page.goto(room.page('index.html', files.map((f, i) => `<img width=100 src="${i}${path.extname(f)}">`).join('')));
  await page.waitForTimeout(1500);
  const session = await context.newCDPSession(page);
  const { result } = await session.send('Runtime.evaluate', { expression: '1' });
  for (let i = 0; i < files.length; i++) {
    const events = [];
    session.on('Tracing.dataCollected', (d) => events.push(...d.value));
    await session.send('Tracing.start', { transferMode: 'ReportEvents', categories: 'toplevel,devtools.timeline,disabled-by-default-devtools.timeline,blink,cc' });
    const times = await page.evaluate(async (i) => {
      const img = document.images[i];
      const blob = await (await fetch(img.src, { cache: 'force-cache' })).blob();
      const t0 = performance.now();
      const ours = await createImageBitmap(blob);
      const t1 = performance.now();
      const theirs = await createImageBitmap(img);
      const t2 = performance.now();
      const c = new OffscreenCanvas(256, 256).getContext('2d', { willReadFrequently: true });
      const d = [];
      for (const b of [ours, theirs]) { const t = performance.now(); c.drawImage(b, 0, 0); c.getImageData(0, 0, 256, 256); d.push(performance.now() - t); const u = performance.now(); c.drawImage(b, -256, -256); c.getImageData(0, 0, 256, 256); d.push(performance.now() - u); }
      return [img.naturalWidth * img.naturalHeight / 1e6, t1 - t0, t2 - t1, ...d].map((x) => +x.toFixed(1));
    }, i);
    const done = new Promise((r) => session.once('Tracing.tracingComplete', r));
    await session.send('Tracing.end'); await done;
    const mains = events.filter((e) => e.name === 'ThreadControllerImpl::RunTask' || e.name === 'RunTask');
    const decodes = events.filter((e) => /Decode/.test(e.name) && e.ph === 'X').map((e) => [e.name, e.tid, Math.round(e.dur / 1000), Math.round((e.tdur ?? 0) / 1000)]);
    const renderer = events.find((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain');
    const long = mains.filter((e) => (e.tdur ?? 0) > 15000).map((e) => [e.tid, Math.round(e.dur / 1000), Math.round(e.tdur / 1000)]);
    console.log(files[i], JSON.stringify(times), 'decodes', JSON.stringify(decodes.slice(0, 8)), 'tasks', JSON.stringify(long));
    session.removeAllListeners('Tracing.dataCollected');
  }
} finally { await close(); await site.close(); }
