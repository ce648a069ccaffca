// Runs in the browser: two engines behind one face, and the clock. All times are milliseconds of the page's own clock, which starts with it.

const types = {
  jpg: 'image/jpeg', png: 'image/png', mp4: 'video/mp4', wav: 'audio/wav', tif: 'image/tiff', heic: 'image/heic', avif: 'image/avif', pdf: 'application/pdf',
};

const asked = new URLSearchParams(location.search);
const names = asked.get('engines').split(',');
const anchorsText = fetch('/anchors.pem').then((response) => response.text());

/** Each gives `verify(blob)`, which tells the state that the verdict names, when all of the verdict is in the page as an object. */
const start = {
  async ours() {
    const { createVerifier } = await import('/browser/index.js');
    const verifier = createVerifier();
    const anchors = await anchorsText;
    const policy = { trust: [{ role: 'anchors', name: 'anchors', content: anchors }, { role: 'time-stamp-anchors', name: 'anchors', content: anchors }] };
    await verifier.ready;
    return async (blob) => {
      const answer = await verifier.verify(blob, policy);
      return { state: answer.report.validationState ?? 'NoManifest', free: () => answer.dispose() };
    };
  },
  async 'c2pa-web'() {
    const { createC2pa } = await import('/peers/@contentauth/c2pa-web/dist/index.js');
    const sdk = await createC2pa({
      wasmSrc: `${location.origin}/peers/@contentauth/c2pa-web/dist/resources/c2pa_bg.wasm`,
      settings: { trust: { trustAnchors: await anchorsText }, verify: { verifyTrust: true, remoteManifestFetch: false, ocspFetch: false } },
    });
    return async (blob) => {
      const reader = await sdk.reader.fromBlob(blob.type, blob);
      if (!reader) return { state: 'NoManifest', free() {} };
      const store = await reader.manifestStore();
      return { state: store.validation_state, free: () => reader.free() };
    };
  },
};

const fetchFile = async (name) => new Blob([await (await fetch(`/files/${name}`)).arrayBuffer()], { type: types[name.split('.').at(-1)] });

const engines = {};

/** Times of each engine with a file, in turn. */
window.measure = async (name, rounds) => {
  const blob = await fetchFile(name);
  const times = Object.fromEntries(names.map((engine) => [engine, []]));
  const states = {};
  for (let round = -Math.max(3, Math.ceil(rounds / 3)); round < rounds; round++) {
    for (const engine of round % 2 ? names : names.toReversed()) {
      const began = performance.now();
      const { state, free } = await engines[engine](blob);
      if (round >= 0) times[engine].push(performance.now() - began);
      await free();
      states[engine] = state;
    }
  }
  return { times, states };
};

try {
  const ready = {};
  const file = asked.has('verify') ? fetchFile(asked.get('verify')) : null;
  for (const name of names) {
    engines[name] = await start[name]();
    ready[name] = performance.now();
  }
  if (file) await engines[names[0]](await file);
  window.done = { ready, verdict: performance.now() };
} catch (fault) {
  window.done = { fault: String(fault?.stack ?? fault) };
}
