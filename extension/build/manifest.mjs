/**
 * The manifest of one browser; everything that differs between them stands here. Why each permission: docs/extension.md.
 * @param {'chromium' | 'firefox'} browser
 * @param {string} version
 */
export function manifestOf(browser, version) {
  const chromium = browser === 'chromium';
  return {
    manifest_version: 3,
    name: '__MSG_extension_name__',
    short_name: 'Provenance',
    description: '__MSG_extension_description__',
    version,
    default_locale: 'en',
    ...(chromium ? { minimum_chrome_version: '148', message_serialization: 'structured_clone' } : { browser_specific_settings: { gecko: { id: 'extension@provenance.invalid', strict_min_version: '142.0', data_collection_permissions: { required: ['none'] } } } }),
    icons: icons(),
    action: { default_popup: 'popup.html', default_icon: icons(), default_title: '__MSG_action_title__' },
    permissions: ['activeTab', 'contextMenus', 'scripting', 'storage', ...(chromium ? ['offscreen', 'sidePanel'] : [])],
    optional_host_permissions: ['*://*/*'],
    background: chromium ? { service_worker: 'background.js', type: 'module' } : { scripts: ['background.js'], type: 'module' },
    options_ui: { page: 'options.html', open_in_tab: true },
    ...(chromium ? { side_panel: { default_path: 'panel.html' } } : { sidebar_action: { default_panel: 'panel.html', default_title: '__MSG_panel_title__', default_icon: icons(), open_at_install: false } }),
    incognito: 'spanning',
    web_accessible_resources: [],
    content_security_policy: {
      extension_pages: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; worker-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src blob:; connect-src 'self' blob: data: http: https:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    },
  };
}

function icons() {
  return Object.fromEntries(SIZES.map((size) => [size, `icons/${size}.png`]));
}

/** Edges of the icons in pixels. */
export const SIZES = [16, 32, 48, 128];
