// The browsers of this machine, with a page that holds the package.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import { patience } from './eventually.mjs';

const programs = {
  chromium: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync),
  firefox: ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find(existsSync),
};

/** False, or why what needs a browser is skipped. */
export const isAbsent = (name) => !programs[name] && `${name === 'firefox' ? 'Firefox' : 'Chromium'} is not here (apt-get install chromium firefox-esr)`;

const chromiumOptions = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** Starts a browser. What comes back has `open(url, onRequest)` for a page that is ready, `pick(page, selector, file)` and `close()`. */
export const launch = { chromium: launchChromium, firefox: launchFirefox };

async function launchChromium() {
  const browser = await chromium.launch({ executablePath: programs.chromium, args: chromiumOptions, timeout: patience });
  return { ...opened(browser), browser, pick: (page, selector, file) => page.setInputFiles(selector, file) };
}

async function launchFirefox() {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: programs.firefox, headless: true, timeout: patience });
  return { ...opened(browser), browser, pick: async (page, selector, file) => (await page.$(selector)).uploadFile(file) };
}

/** What Playwright and Puppeteer call the same. */
function opened(browser) {
  return {
    open: async (url, onRequest) => {
      const page = await browser.newPage();
      page.setDefaultTimeout(patience);
      if (onRequest) page.on('request', (request) => onRequest(request.url()));
      await page.goto(url);
      await page.waitForFunction('globalThis.isReady === true');
      return page;
    },
    close: () => browser.close(),
  };
}
