import type { Language } from '@provenance/browser';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

const formats = new Map<string, Intl.NumberFormat>();

/** A size in the unit that people know it by, of a thousand each. */
export function sizeOf(bytes: number, language: Language): string {
  const unit = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const value = bytes / 1000 ** unit;
  return formatOf(language, UNITS[unit] ?? 'byte', value < 10 && unit > 0 ? 1 : 0).format(value);
}

/** A length to the byte. */
export function bytesOf(bytes: number, language: Language): string {
  return formatOf(language, 'byte', 0).format(bytes);
}

/** An offset as `provenance inspect` writes it. */
export function offsetOf(offset: number): string {
  return `0x${offset.toString(16).toUpperCase()}`;
}

/** Making a format takes longer than using it a hundred times. */
function formatOf(language: Language, unit: typeof UNITS[number], digits: number): Intl.NumberFormat {
  const key = `${language} ${unit} ${digits}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: digits });
  formats.set(key, format);
  return format;
}
