// A page of the test copy's alone: it hears from the engine what a popup hears, and hands it to the test, which may ask it for more. Firefox
// lets no test open pages of an extension.
const { origin } = await (await fetch('reports.json')).json();
const views = new Map(), answers = [];
let port;

const opening = (async function open() {
  await chrome.runtime.sendMessage({ to: 'background', kind: 'wake' });
  port = chrome.runtime.connect({ name: 'view' });
  port.onMessage.addListener((message) => (message.kind === 'tab' ? views.set(message.view.tab, message.view) : answers.push(message)));
})();

/** What a test may ask. */
const can = {
  async tell(message) {
    await opening;
    port.postMessage(message);
  },
  view: (tab) => views.get(tab) ?? null,
  answer: (request) => answers.find((answer) => answer.request === request) ?? null,
  tab: async (url) => (await chrome.tabs.query({})).find((tab) => tab.url === url)?.id ?? null,
  settings: (change) => chrome.storage.local.set({ settings: change }),
  manifest: () => chrome.runtime.getManifest(),
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
