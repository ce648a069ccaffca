import { startEngine } from '../engine/start.js';
import { listen, services } from './listen.js';

// The engine is part of this page, which Firefox ends when nobody needs it and starts when somebody does.
const host = startEngine(services);
listen({ wake: async () => {}, close: async () => {}, tell: (message) => host.receive(message) });
