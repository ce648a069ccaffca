// Where the engine runs, behind one face: `learn(profile)`, `ask(file, profile)` for the full answer, `close()`.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { launch } from './browsers.mjs';
import { importPackage } from './repository.mjs';
import { serve } from './server.mjs';

export const platforms = {
  node: openNode,
  chromium: (workers) => openBrowser('chromium', workers),
  firefox: (workers) => openBrowser('firefox', workers),
};

async function openNode(workers) {
  const { createVerifier } = await importPackage();
  const verifier = createVerifier({ workers });
  await verifier.ready;
  return {
    learn: async () => undefined,
    ask: async (file, { policy }) => {
      const verification = await verifier.verify(await readFile(file), policy, { name: path.basename(file) });
      const { json } = await verification.full();
      verification.dispose();
      return json;
    },
    close: async () => verifier.dispose(),
    violations: [],
  };
}

async function openBrowser(name, workers) {
  const server = await serve();
  const browser = await launch[name]();
  const page = await browser.open(`${server.origin}/page/index.html`);
  const answerOf = ({ answer, error, message }) => {
    if (error) throw new Error(`${error}: ${message}`);
    return answer;
  };
  answerOf(await page.evaluate((options) => globalThis.start(options), { workers }));
  const offers = new Map();
  return {
    learn: ({ name: profile, policy }) => page.evaluate(([called, content]) => globalThis.learn(called, content), [profile, portable(policy)]),
    ask: async (file, { name: profile }) => {
      if (!offers.has(file)) offers.set(file, server.offer(file));
      return answerOf(await page.evaluate((asked) => globalThis.ask(...asked), [offers.get(file), path.basename(file), profile]));
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
    violations: server.violations,
  };
}

/** Bytes as Base64: pages are told in JSON. */
function portable(policy) {
  if (!Array.isArray(policy.trust)) return policy;
  return { ...policy, trust: policy.trust.map(({ content, ...file }) => (typeof content === 'string' ? { ...file, content } : { ...file, base64: Buffer.from(content).toString('base64') })) };
}
