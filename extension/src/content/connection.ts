import { Burst } from '../burst.js';
import { EnginePort } from '../connect.js';
import { FRAME_PORT, type FromFrame, type ToFrame } from '../contract/frames.js';
import { MOST_URL } from '../contract/limits.js';
import type { Connection, ConnectionEvents } from '../contract/parts.js';

/** Opens the frame's port, once its page is more than a guess of what the reader may open next. */
export function connect(events: ConnectionEvents): Connection {
  const port = new EnginePort<readonly FromFrame[], readonly ToFrame[]>(FRAME_PORT, {
    receive: (messages) => messages.forEach((message) => events.receive(message)),
    again() {
      burst.drop();
      events.again();
    },
    ended: () => events.ended(),
  });
  const burst = new Burst<FromFrame>((messages) => port.send(messages), () => document.visibilityState === 'visible');
  const stopping = new AbortController();
  const { signal } = stopping;
  const open = () => port.open();
  if ((document as { prerendering?: boolean }).prerendering === true)
    document.addEventListener('prerenderingchange', open, { once: true, signal });
  else
    open();
  // A page with an open port would not be kept for the way back, or not with its port.
  addEventListener('pagehide', () => port.close(), { signal });
  addEventListener('pageshow', ({ persisted }) => { if (persisted) open(); }, { signal });
  return {
    send: (message) => burst.send(withoutLongAddresses(message)),
    stop() {
      stopping.abort();
      port.close();
    },
  };
}

/** The engine hangs up on who sends it more than it can take. */
function withoutLongAddresses(message: FromFrame): FromFrame {
  return message.kind === 'media' ? { ...message, media: message.media.filter(({ url }) => url.length <= MOST_URL) } : message;
}
