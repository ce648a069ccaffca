// What the test asks of our own pages in Firefox (reports.js): pages of an extension can reach each other's windows.

/** Opens a page of ours in a tab; what stands in it when `until` does. */
export async function page({ name, until }) {
  await chrome.tabs.create({ url: name });
  return eventually(() => {
    const view = viewOf(name);
    return view?.document.body?.innerText.includes(until) ? { text: view.document.body.innerText, lang: view.document.documentElement.lang, title: view.document.title } : null;
  });
}

/** Gives a list to the settings page as a person does who chooses a file. */
export async function addList({ name, text, until }) {
  const view = viewOf('options.html'), input = view.document.querySelector('#lists input[type=file]'), given = new view.DataTransfer();
  given.items.add(new view.File([text], name));
  input.files = given.files;
  input.dispatchEvent(new view.Event('change', { bubbles: true }));
  return eventually(() => (view.document.querySelector('#lists').innerText.includes(until) ? chrome.storage.local.get('settings') : null));
}

export const registered = () => chrome.scripting.getRegisteredContentScripts();

/** Milliseconds for which the background page has been there; null where Firefox ended it. */
export const age = () => chrome.extension.getBackgroundPage()?.performance.now() ?? null;

function viewOf(name) {
  return chrome.extension.getViews({ type: 'tab' }).find((view) => view.location.href === chrome.runtime.getURL(name));
}

async function eventually(look) {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const seen = await look();
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return null;
}
