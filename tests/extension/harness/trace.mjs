// What a page's main thread did on behalf of our script, by the browser's own trace.

const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'disabled-by-default-v8.cpu_profiler', '__metadata'];

/** Traces all of a browser while something happens. */
export async function traced(browser, what) {
  const session = await browser.newBrowserCDPSession();
  await session.send('Tracing.start', { transferMode: 'ReturnAsStream', traceConfig: { recordMode: 'recordAsMuchAsPossible', includedCategories: CATEGORIES, excludedCategories: ['*'] } });
  let result;
  try {
    result = await what();
  } finally {
    const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    const { stream } = await done;
    const pieces = [];
    for (;;) {
      const { data, eof, base64Encoded } = await session.send('IO.read', { handle: stream, size: 4 << 20 });
      pieces.push(Buffer.from(data, base64Encoded ? 'base64' : 'utf8'));
      if (eof) break;
    }
    await session.send('IO.close', { handle: stream });
    traced.events = JSON.parse(Buffer.concat(pieces).toString()).traceEvents;
  }
  return { result, events: traced.events };
}

/**
 * The tasks of the renderers' main threads in which a script of this origin ran: how long each took, and for how long that script was on the
 * stack, by the profiler's samples. `cpu` is the same without the time in which the machine let the thread wait. Milliseconds.
 */
export function tasksOf(events, origin) {
  const mainThreads = new Set(events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(key));
  const tasks = new Map();
  for (const event of events) {
    if (event.ph !== 'X' || !/^(RunTask|ThreadControllerImpl::RunTask)$/.test(event.name) || !mainThreads.has(key(event))) continue;
    if (!tasks.has(key(event))) tasks.set(key(event), []);
    tasks.get(key(event)).push({ start: event.ts, end: event.ts + event.dur, worked: event.tdur ?? event.dur, ours: 0 });
  }
  for (const list of tasks.values()) list.sort((a, b) => a.start - b.start);
  for (const { thread, start, end } of ourSamples(events, origin)) {
    const list = tasks.get(thread);
    const task = list && within(list, start);
    if (task) task.ours += end - start;
  }
  // Functions that were called from outside are noted exactly, between samples too.
  for (const event of events) {
    if (event.ph !== 'X' || event.name !== 'FunctionCall' || !event.args.data?.url?.startsWith(origin)) continue;
    const task = within(tasks.get(key(event)) ?? [], event.ts);
    if (task) task.called = (task.called ?? 0) + event.dur;
  }
  return [...tasks.values()].flat().filter(({ ours, called }) => ours > 0 || called > 0).map(({ start, end, worked, ours, called = 0 }) => {
    const mine = Math.max(ours, called);
    return { at: start / 1000, whole: (end - start) / 1000, ours: mine / 1000, cpu: Math.min(mine, worked) / 1000 };
  });
}

const key = ({ pid, tid }) => `${pid}.${tid}`;

function within(list, time) {
  let low = 0, high = list.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (list[middle].end < time) low = middle + 1;
    else if (list[middle].start > time) high = middle - 1;
    else return list[middle];
  }
  return null;
}

/** Times at which a function of this origin was on the stack. */
function* ourSamples(events, origin) {
  const profiles = new Map();
  for (const event of events) {
    const id = `${event.pid}.${event.id}`;
    if (event.name === 'Profile') profiles.set(id, { thread: key(event), time: event.args.data.startTime, nodes: new Map() });
    if (event.name !== 'ProfileChunk') continue;
    const profile = profiles.get(id);
    if (!profile) continue;
    const { cpuProfile, timeDeltas = [] } = event.args.data;
    for (const { id: node, parent, callFrame } of cpuProfile?.nodes ?? []) profile.nodes.set(node, (profile.nodes.get(parent) ?? false) || Boolean(callFrame.url?.startsWith(origin)));
    for (const [i, sample] of (cpuProfile?.samples ?? []).entries()) {
      const start = profile.time;
      profile.time += timeDeltas[i] ?? 0;
      // A sample says what ran when it was taken, at the end of its delta.
      if (profile.nodes.get(sample)) yield { thread: profile.thread, start, end: profile.time };
    }
  }
}
