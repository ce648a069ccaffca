// Servers that show the page one picture and give another one to whoever asks again (attacks.md K13). What the page shows has no credentials;
// what they would like to be checked in its place has.
import { choose } from '../harness/site.mjs';
import { pictures, plain } from '../harness/media.mjs';

const jpeg = { type: 'image/jpeg' };
const png = { type: 'image/png' };

/** By what a server may tell the page's own request from another one. */
export const manners = [
  { name: 'the_second_request', isFirst: ({ count }) => count === 0 },
  // Cookies are sent to another origin where both are of one site.
  { name: 'the_cookie', cookie: 'page=1; Path=/; Domain=news.example', elsewhere: 'img.news.example', isFirst: ({ headers }) => /page=1/.test(headers.cookie ?? '') },
  { name: 'Accept', isFirst: ({ headers }) => /image\//.test(headers.accept ?? '') },
  { name: 'Range', isFirst: ({ headers, count }) => !headers.range && count === 0 },
  { name: 'Referer', isFirst: ({ headers }) => Boolean(headers.referer) },
  { name: 'the_time', isFirst: (asked) => asked.count < 1 },
];

/** Where the picture is, how large the page's own one is, and what may be said. `none`: the page's own bytes were checked. */
export const places = [
  { name: 'of_the_same_origin_with_the_same_size', host: 'news.example', size: [400, 260], may: ['other', 'none'] },
  { name: 'of_the_same_origin_with_another_size', host: 'news.example', size: [300, 200], may: ['other', 'none'] },
  { name: 'of_another_origin_with_another_size', host: 'cdn.example', size: [300, 200], may: ['other', 'none'] },
  { name: 'of_another_origin_with_the_same_size', host: 'cdn.example', size: [400, 260], may: ['fresh', 'none'] },
];

export const wrongBytes = manners.flatMap((manner) => places.map((place) => ({
  ...manner, ...place, host: place.host === 'cdn.example' ? manner.elsewhere ?? place.host : place.host, name: `${manner.name}, ${place.name}`,
})));

/** Puts the picture into a room; returns its address. */
export function deceive(room, { isFirst, host, size }) {
  room.put('picture', choose((asked) => (isFirst(asked) ? 0 : 1), [plain(...size), png], [pictures['good.jpg'], jpeg]));
  return room.url('picture', host);
}
