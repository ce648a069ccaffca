import { listen } from './listen.js';
import { offscreenEngine } from './offscreen.js';

// Our storage is for our own pages: a page that took over its process could read it as our content script.
void chrome.storage.local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
listen(offscreenEngine);
