// The writer of the icons, for pictures whose every pixel is known.
export { png } from '../../extension/build/png.mjs';
