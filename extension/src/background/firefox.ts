import { listen } from './listen.js';

// The engine is part of this page once it is there.
listen({ wake: async () => {}, close: async () => {}, tell: async () => null });
