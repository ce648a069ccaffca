// The toolbar's icon, drawn from the shapes of server/page/public/icon.svg in each size that browsers ask for.
import { png } from './png.mjs';

const DARK = [0x3c, 0x3a, 0x36], LIGHT = [0xff, 0xff, 0xff];
// Stands out from a light toolbar and from a dark one.
const EDGE = [0xa8, 0xa4, 0x9c];

/** What lies on top of what, of a square of 32 units: distances below 0 are inside. */
const LAYERS = [
  { colour: EDGE, distance: (x, y) => plate(x, y, 16, 6.5) },
  { colour: DARK, distance: (x, y) => plate(x, y, 14.6, 5.1) },
  { colour: LIGHT, distance: (x, y) => Math.max(Math.abs(x - 16) - 1.3, Math.abs(y - 16) - 9) },
  { colour: LIGHT, distance: (x, y) => disc(x, y, 7.5) - 3.4 },
  { colour: LIGHT, distance: (x, y) => disc(x, y, 16) - 3.4 },
  { colour: LIGHT, distance: (x, y) => disc(x, y, 24.5) - 4 },
  { colour: DARK, distance: (x, y) => disc(x, y, 24.5) - 1.9 },
];

/** Points of a pixel's edge at which it is looked at. */
const FINE = 8;

/** @param {number} size Edge in pixels. */
export function icon(size) {
  return png(size, size, (column, row) => {
    let red = 0, green = 0, blue = 0, inside = 0;
    for (let point = 0; point < FINE * FINE; point++) {
      const x = ((column + ((point % FINE) + 0.5) / FINE) * 32) / size, y = ((row + (Math.floor(point / FINE) + 0.5) / FINE) * 32) / size;
      const colour = LAYERS.findLast(({ distance }) => distance(x, y) < 0)?.colour;
      if (colour) {
        red += colour[0];
        green += colour[1];
        blue += colour[2];
        inside++;
      }
    }
    return inside === 0 ? [0, 0, 0, 0] : [red / inside, green / inside, blue / inside, (255 * inside) / (FINE * FINE)].map(Math.round);
  });
}

/** Distance to a square around the middle with round corners. */
function plate(x, y, half, radius) {
  const dx = Math.max(Math.abs(x - 16) - half + radius, 0), dy = Math.max(Math.abs(y - 16) - half + radius, 0);
  return Math.sqrt(dx * dx + dy * dy) - radius;
}

/** Distance to the middle of a point on the line. */
function disc(x, y, at) {
  return Math.sqrt((x - 16) ** 2 + (y - at) ** 2);
}
