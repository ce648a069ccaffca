import { startEngine } from '../engine/start.js';
import { stayAwake } from './awake.js';
import { listen, services } from './listen.js';

// The engine is part of this page, which Firefox starts when somebody needs it and would end in the middle of its work.
const awake = stayAwake();
const host = startEngine({ ...services, idle: awake.stop });
listen({
  async wake() {
    awake.start();
  },
  async close() {},
  tell: (message) => host.receive(message),
});
