// Words that belong to the engine (Words.en.json, Words.ko.json), for pages that explain them: what is said of labels, and no more of them.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const ID = 'provenance:engine-words';
const folder = path.join(import.meta.dirname, '../../verifier/Provenance.Verifier/Labels');

export function engineWords() {
  return {
    name: ID,
    resolveId: (name) => (name === ID ? `\0${ID}` : null),
    async load(name) {
      if (name !== `\0${ID}`)
        return null;
      const languages = await Promise.all(['en', 'ko'].map(async (language) => {
        const words = JSON.parse(await readFile(path.join(folder, `Words.${language}.json`), 'utf8'));
        return [language, Object.fromEntries(Object.entries(words).filter(([key]) => /^label(-short)?\./.test(key)))];
      }));
      return `export const engineWords = ${JSON.stringify(Object.fromEntries(languages))};`;
    },
  };
}
