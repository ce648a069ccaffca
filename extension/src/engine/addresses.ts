/**
 * Which hosts are none of the public internet, as far as an address tells (attacks.md K25): a page of strangers must not have us look at what
 * stands in the reader's own network. Names that lead there by DNS are not told; browsers guard against those themselves, as far as they do.
 */

/** Names under which nobody on the internet has a host: RFC 6761 and its registry, RFC 8375, ICANN's reserved ones, and habits of local networks. */
const PRIVATE_NAMES: ReadonlySet<string> = new Set(
  ['localhost', 'local', 'localdomain', 'internal', 'intranet', 'private', 'corp', 'home', 'lan', 'onion', 'test', 'invalid', 'alt', 'arpa']);

/** IANA's special-purpose registry (RFC 6890), and the metadata of a cloud. */
const PRIVATE_IPV4: readonly (readonly [start: string, bits: number])[] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['168.63.129.16', 32], ['169.254.0.0', 16], ['172.16.0.0', 12],
  ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.31.196.0', 24], ['192.52.193.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['192.175.48.0', 24],
  ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
];

/** Of IPv6 what is given out for unicast is public, without what is kept for other ends or carries an address of IPv4 in it. */
const PRIVATE_IPV6: readonly (readonly [start: readonly number[], bits: number])[] = [
  [[0x2001, 0], 23], [[0x2001, 0xdb8], 32], [[0x2002], 16], [[0x2620, 0x4f, 0x8000], 48], [[0x3fff], 20],
];

/** Whether the host of an address of `http:` or `https:` is none of the public internet. */
export function isPrivateHost(url: URL): boolean {
  // The URL Standard has brought the name into one form: lower case, no odd digits, every notation of IPv4 and IPv6 in its own.
  const host = url.hostname.replace(/\.$/, '');
  if (host.startsWith('['))
    return isPrivateIPv6(wordsOf(host.slice(1, -1)));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host))
    return isPrivateIPv4(valueOf(host));
  const labels = host.split('.');
  return labels.length < 2 || PRIVATE_NAMES.has(labels.at(-1)!);
}

function isPrivateIPv4(address: number): boolean {
  return PRIVATE_IPV4.some(([start, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(address / size) === Math.floor(valueOf(start) / size);
  });
}

function isPrivateIPv6(words: readonly number[]): boolean {
  // RFC 6052: where a network has no IPv4, every host of IPv4 is known under this prefix.
  if (begins(words, [0x64, 0xff9b, 0, 0, 0, 0], 96))
    return isPrivateIPv4(words[6]! * 0x10000 + words[7]!);
  return !begins(words, [0x2000], 3) || PRIVATE_IPV6.some(([start, bits]) => begins(words, start, bits));
}

function begins(words: readonly number[], start: readonly number[], bits: number): boolean {
  for (let i = 0; bits > 0; i++, bits -= 16) {
    const shift = Math.max(16 - bits, 0);
    if (words[i]! >> shift !== (start[i] ?? 0) >> shift)
      return false;
  }
  return true;
}

function valueOf(dotted: string): number {
  return dotted.split('.').reduce((value, part) => value * 256 + Number(part), 0);
}

/** The eight words of an address as the URL Standard writes it: in hex, with `::` at most once. */
function wordsOf(text: string): readonly number[] {
  const [before = '', after] = text.split('::').map((part) => part);
  const parse = (part: string) => (part === '' ? [] : part.split(':').map((word) => parseInt(word, 16)));
  const head = parse(before), tail = parse(after ?? '');
  return [...head, ...Array<number>(Math.max(8 - head.length - tail.length, 0)).fill(0), ...tail];
}
