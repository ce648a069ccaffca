/** How far a filter may change a picture: what pages do when the pointer is over it, or at night. */
const HARMLESS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  'brightness': [0.75, 1.25],
  'contrast': [0.75, 1.25],
  'saturate': [0.75, 1.25],
  'opacity': [0.6, 1],
  'grayscale': [0, 0.2],
  'sepia': [0, 0.2],
  'invert': [0, 0.1],
  'hue-rotate': [-10, 10],
  'blur': [0, 1],
};

/** Whether a `filter` makes another picture of what it is applied to. */
export function isFiltered(filter: string): boolean {
  if (filter === 'none' || filter === '')
    return false;
  const functions = [...filter.matchAll(/([a-z-]+)\(((?:[^()]|\([^()]*\))*)\)/g)];
  return functions.length === 0 || functions.some(([, name = '', value = '']) => {
    if (name === 'drop-shadow')
      return false;
    const range = HARMLESS[name];
    const amount = Number.parseFloat(value) / (value.trim().endsWith('%') ? 100 : 1);
    return range === undefined || !(amount >= range[0] && amount <= range[1]);
  });
}
