// A page of the test copy's alone: it hears from the engine what a popup hears, and hands it to the test, which may ask it for more. Firefox
// lets no test open pages of an extension.
const { origin } = await (await fetch('reports.json')).json();
const views = new Map(), answers = [], ports = new Map();

// A view is of one tab: each has a port of its own.
async function open(tab) {
  await chrome.runtime.sendMessage({ to: 'background', kind: 'wake' });
  const port = chrome.runtime.connect({ name: 'view' });
  port.onMessage.addListener((message) => (message.kind === 'tab' ? views.set(message.view.tab, message.view) : answers.push(message)));
  port.onDisconnect.addListener(() => ports.delete(tab));
  port.postMessage({ kind: 'watch', tab });
  return port;
}

async function tell(message) {
  if (!ports.has(message.tab)) ports.set(message.tab, open(message.tab));
  const port = await ports.get(message.tab);
  if (message.kind !== 'watch') port.postMessage(message);
}

/** What a test may ask. */
const can = {
  tell,
  async view(tab) {
    await tell({ kind: 'watch', tab });
    return views.get(tab) ?? null;
  },
  answer: (request) => answers.find((answer) => answer.request === request) ?? null,
  tab: async (url) => (await chrome.tabs.query({})).find((tab) => tab.url === url)?.id ?? null,
  settings: (change) => chrome.storage.local.set({ settings: change }),
  manifest: () => chrome.runtime.getManifest(),
  ...await import('./more.js'),
  inject: async (tabId) => chrome.scripting.executeScript({ target: { tabId, allFrames: true }, files: ['content.js'], injectImmediately: true }),
};

let reply = null;
for (;;) {
  const response = await fetch(`${origin}/reports`, { method: 'POST', body: JSON.stringify(reply) });
  const { id, what, given } = await response.json();
  try {
    reply = { id, result: await can[what](given) };
  } catch (fault) {
    reply = { id, fault: String(fault) };
  }
}
