/** Puts what a sentence names into its places in braces. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{([a-z]+)\}/g, (place, name: string) => name in values ? String(values[name]) : place);
}
