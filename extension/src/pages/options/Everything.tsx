import { save } from '@provenance/page/save.js';
import { useState } from 'preact/hooks';
import { fromBase64 } from '@provenance/page/bytes.js';
import { areUsable } from '../../lists/usable.js';
import { changeSettings, chosenSettings, forgetAll } from '../../settings.js';
import type { SectionProps } from './OptionsPage.js';
import { giveBackAll } from './permissions.js';
import { readExport, writeExport } from './export.js';

/** Everything at once: into a file, out of one, or gone. */
export function Everything({ words, tell }: SectionProps) {
  const [isSure, setSure] = useState(false);
  const [isWrong, setWrong] = useState(false);
  const bring = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (file === undefined)
      return;
    input.value = '';
    const settings = await readExport(file);
    const isGood = settings !== null && (await areUsable((settings.lists ?? []).map(({ role, name, content }) => ({ role, name, content: fromBase64(content) }))));
    setWrong(!isGood);
    if (settings === null || !isGood)
      return;
    await changeSettings({ ...settings, wasAsked: true });
    tell('options.everything.brought');
  };
  const forget = async () => {
    await giveBackAll();
    await forgetAll();
    await changeSettings({ wasAsked: true });
    setSure(false);
    tell('options.everything.forgotten');
  };
  return (
    <section id="everything" aria-labelledby="everything-title">
      <h3 id="everything-title">{words['options.everything.title']}</h3>
      <p>{words['options.everything.intro']}</p>
      <div class="ways">
        <button type="button" onClick={() => void chosenSettings().then((chosen) => save(writeExport(chosen), 'provenance-settings.json', 'application/json'))}>{words['options.everything.export']}</button>
        <label class="button">
          <input type="file" class="away" accept=".json" onChange={(event) => void bring(event.currentTarget)} />
          <span>{words['options.everything.import']}</span>
        </label>
        {!isSure && <button type="button" onClick={() => setSure(true)}>{words['options.everything.forget']}</button>}
      </div>
      {isWrong && <p class="nothing" role="alert">{words['options.everything.wrong']}</p>}
      {isSure && (
        <div class="nothing" role="alert">
          <p>{words['options.everything.sure']}</p>
          <div class="ways">
            <button type="button" class="primary" onClick={() => void forget()}>{words['options.everything.forget-now']}</button>
            <button type="button" onClick={() => setSure(false)}>{words['options.everything.cancel']}</button>
          </div>
        </div>
      )}
    </section>
  );
}
