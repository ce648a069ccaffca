import type { Obstacle } from '../contract/media.js';

/** Why a medium's bytes could not be had. */
export class Unread extends Error {
  override readonly name = 'Unread';

  constructor(readonly obstacle: Obstacle) {
    super(obstacle);
  }
}

/** What was read so far may not belong together: it is read anew in one piece. */
export class Unsteady extends Error {
  override readonly name = 'Unsteady';
}
