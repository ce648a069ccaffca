import { openSample, SAMPLES, sampleUrl } from './samples.js';
import type { Session } from './session.js';
import type { Words } from './words/words.js';

/** Files to try, for somebody who has none at hand. */
export function Samples({ session, words }: { readonly session: Session; readonly words: Words }) {
  const open = async (file: string) => {
    const sample = await openSample(file);
    if (sample === null) {
      session.dispatch({ kind: 'notice', notice: { key: 'sample.failed' } });
      return;
    }
    // The lists stay the same object, so that the engine reads them once.
    if (session.state.exampleTrust.length === 0)
      session.dispatch({ kind: 'example-trust', lists: sample.trust });
    session.dispatch({ kind: 'given', files: [sample.given] });
  };
  return (
    <section class="samples" aria-labelledby="samples-title">
      <h3 id="samples-title">{words['sample.title']}</h3>
      <ul>
        {SAMPLES.map(sample => (
          <li key={sample.file}>
            <button type="button" class="sample" onClick={() => void open(sample.file)}>
              <img src={sampleUrl(sample.file)} alt="" loading="lazy" decoding="async" width="320" height="212" />
              <span>{words[sample.words]}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
