// What the tests call in a page.
import { createVerifier, VerifierError } from '/browser/index.js';

let verifier;
const policies = new Map();

/** Errors as the tests compare them. */
async function told(work) {
  try {
    return { answer: await work() };
  } catch (fault) {
    return { error: fault instanceof VerifierError ? fault.code : fault.name, message: fault.message };
  }
}

const decoded = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

Object.assign(globalThis, {
  start: (options) => told(async () => {
    verifier?.dispose();
    const began = performance.now();
    verifier = createVerifier(options);
    await verifier.ready;
    return performance.now() - began;
  }),

  /** Contents that are bytes come as Base64. */
  learn: (name, policy) => {
    const trust = Array.isArray(policy.trust) ? policy.trust.map(({ base64, ...file }) => (base64 === undefined ? file : { ...file, content: decoded(base64) })) : policy.trust;
    policies.set(name, trust === undefined ? policy : { ...policy, trust });
  },

  /** The full answer about a file that the server offers. */
  ask: (url, name, policy) => told(async () => {
    const response = await fetch(url);
    const verification = await verifier.verify(await response.blob(), policies.get(policy), { name });
    const { json } = await verification.full();
    verification.dispose();
    return json;
  }),

  /** Whatever may be asked about a file that the server offers. */
  askEverything: (url, policy) => told(async () => {
    const bytes = await (await fetch(url)).arrayBuffer();
    const verification = await verifier.verify(bytes, policies.get(policy));
    const [told, page, boxes, html, full] = [await verification.told('ko'), await verification.page('en'), await verification.boxes(), await verification.html('en'), await verification.full()];
    return { labels: [told.label, page.label, full.report.label], boxes, html };
  }),

  /** The verdict about the file that was picked, and how long it took. */
  askPicked: (policy) => told(async () => {
    const [file] = document.getElementById('pick').files;
    const began = performance.now();
    const verification = await verifier.verify(file, policies.get(policy));
    return { length: file.size, label: verification.report.label, time: performance.now() - began };
  }),
});
globalThis.isReady = true;
