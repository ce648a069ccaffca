// A site, and a browser with the extension, for the tests of one `describe`.
import { after, before } from 'node:test';
import { launchExtension } from './extension.mjs';
import { serveSite } from './site.mjs';

/** Both are there when the first test begins, and are closed after the last. `launch` is told the port of the site. */
export function onSite(launch = () => launchExtension()) {
  const on = { site: null, browser: null };
  before(async () => {
    on.site = await serveSite();
    on.browser = await launch(on.site.port);
  });
  after(async () => {
    await on.browser?.close();
    await on.site?.close();
  });
  return on;
}
