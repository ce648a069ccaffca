// Whether the engine says what the command line says.
import { linesOf } from './command-line.mjs';

/** Files asked about at a time; the platform has as many workers. */
export const atATime = 2;

/**
 * Asks both about files under a profile.
 * @returns {Promise<{ compared: number, unsupported: object[], different: object[] }>} How many answers were compared; those that differ as
 * one platform lacks an algorithm; those that differ and must not.
 */
export async function compare(platform, profile, files) {
  const lines = await linesOf(files, profile.options, profile.env);
  await platform.learn(profile);
  const outcome = { compared: 0, unsupported: [], different: [] };
  const waiting = files.entries();
  await Promise.all(Array.from({ length: atATime }, async () => {
    for (const [i, file] of waiting) {
      const line = lines[i];
      const answer = await platform.ask(file, profile).catch((fault) => `no answer: ${fault.message}`);
      outcome.compared++;
      if (answer === line) continue;
      const difference = { file, profile: profile.name, at: differenceOf(line, answer) };
      (isForLackOfAnAlgorithm(line, answer) ? outcome.unsupported : outcome.different).push(difference);
    }
  }));
  return outcome;
}

/** Both around the first character that differs. */
function differenceOf(line, answer) {
  let at = 0;
  while (at < line.length && line[at] === answer[at]) at++;
  const around = (text) => text.slice(Math.max(0, at - 120), at + 120);
  return `command line: …${around(line)}…\n      engine: …${around(answer)}…`;
}

function isForLackOfAnAlgorithm(...lines) {
  const lacks = lines.map((line) => line.startsWith('{') && JSON.parse(line).manifests.some((manifest) => JSON.stringify(manifest).includes('"algorithm.unsupported"')));
  return lacks[0] !== lacks[1];
}
