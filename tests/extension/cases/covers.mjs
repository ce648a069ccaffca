// Popovers and dialogs of the page, and what stays over it: in the document of the picture, or in the one around its frame. `during` is how
// many labels there are meanwhile, by browser; none of it is interference, and afterwards the label is there again.

const kinds = {
  'a popover': ['<div id="p" popover="auto">Menu</div>', 'p.showPopover()', 'p.hidePopover()'],
  'a popover of its own will': ['<div id="p" popover="manual">Menu</div>', 'p.showPopover()', 'p.hidePopover()'],
  'a popover with a veil over the page': ['<style>#p::backdrop { background: rgb(0 0 0 / .5) }</style><div id="p" popover="auto">Menu</div>', 'p.showPopover()', 'p.hidePopover()'],
  'a modal dialog': ['<dialog id="p">Subscribe</dialog>', 'p.showModal()', 'p.close()'],
  'a header that stays': ['<div id="p" style="position: fixed; background: white" hidden>News</div>', 'p.hidden = false', 'p.hidden = true'],
};

const places = {
  elsewhere: 'left: auto; top: auto; right: 10px; bottom: 10px; width: 200px; height: 60px; margin: 0',
  'over the picture': 'left: 30px; top: 30px; right: auto; bottom: auto; width: 520px; height: 380px; max-width: none; max-height: none; margin: 0; background: white',
};

/** Chromium tells frames that something lies over them, of a backdrop too; Firefox tells nothing, and what lies over a picture there lies over its label. */
function expected(holder, kind, place) {
  const isBackdrop = /popover|dialog/.test(kind);
  if (holder === 'around the frame') return { during: { chromium: isBackdrop || place !== 'elsewhere' ? 0 : 1, firefox: 1 }, display: 'whole' };
  const isOver = place !== 'elsewhere' || kind === 'a modal dialog';
  return { during: isOver ? { chromium: 0, firefox: 0 } : { chromium: 1, firefox: 1 }, display: isOver ? 'covered' : 'whole' };
}

export const covers = ['in the page', 'in the frame', 'around the frame'].flatMap((holder) => Object.entries(kinds).flatMap(([kind, [html, open, close]]) => Object.entries(places).map(([place, style]) => ({
  name: `${kind} ${place}, ${holder}`, holder, ...expected(holder, kind, place),
  html: `${html.includes('style="') ? html.replace('style="', `style="${style}; `) : html.replace('id="p"', `id="p" style="${style}"`)}<script>globalThis.cover = () => { ${open} }; globalThis.uncover = () => { ${close} };</script>`,
}))));
