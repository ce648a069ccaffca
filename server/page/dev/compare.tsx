import { render } from 'preact';
import { Compare, type ComparePicture } from '../src/compare/Compare.js';
import en from '../src/words/compare.en.json';
import ko from '../src/words/compare.ko.json';

// Not shipped: tries the comparison with drawn pictures (?case=…&lang=ko, see `cases`) or with two files that are picked.
const asked = new URLSearchParams(location.search);

function drawn(width: number, height: number, more: (context: OffscreenCanvasRenderingContext2D) => void, type = 'image/png', quality = 1): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  const sky = context.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, '#4a7fb5');
  sky.addColorStop(0.6, '#f0d9b5');
  sky.addColorStop(0.61, '#4d6b3c');
  sky.addColorStop(1, '#2e4023');
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#fdf4d0';
  context.beginPath();
  context.arc(width * 0.75, height * 0.25, height * 0.08, 0, 7);
  context.fill();
  context.fillStyle = '#7a5a48';
  context.fillRect(width * 0.15, height * 0.4, width * 0.2, height * 0.3);
  context.fillStyle = '#9b3d2e';
  context.beginPath();
  context.moveTo(width * 0.12, height * 0.4);
  context.lineTo(width * 0.25, height * 0.22);
  context.lineTo(width * 0.38, height * 0.4);
  context.fill();
  more(context);
  return canvas.convertToBlob({ type, quality });
}

const plain = () => undefined;
function tree(context: OffscreenCanvasRenderingContext2D) {
  const { width, height } = context.canvas;
  context.fillStyle = '#3b2a1e';
  context.fillRect(width * 0.58, height * 0.45, width * 0.03, height * 0.25);
  context.fillStyle = '#35562b';
  context.beginPath();
  context.arc(width * 0.595, height * 0.4, height * 0.12, 0, 7);
  context.fill();
}
function onePixel(context: OffscreenCanvasRenderingContext2D) {
  context.fillStyle = 'rgb(0 0 0 / 2%)';
  context.fillRect(context.canvas.width >> 1, context.canvas.height >> 1, 1, 1);
}

const cases: Record<string, () => Promise<[Blob, Blob]>> = {
  tree: async () => [await drawn(1600, 1066, plain), await drawn(1600, 1066, tree)],
  again: async () => [await drawn(1600, 1066, plain, 'image/jpeg', 0.95), await drawn(1600, 1066, tree, 'image/jpeg', 0.6)],
  pixel: async () => [await drawn(6000, 4000, plain), await drawn(6000, 4000, onePixel)],
  same: async () => [await drawn(800, 533, plain), await drawn(800, 533, plain, 'image/png')],
  sizes: async () => [await drawn(1600, 1066, plain), await drawn(640, 640, tree, 'image/webp', 0.9)],
  tall: async () => [await drawn(400, 1600, plain), await drawn(400, 1600, tree)],
  large: async () => [await drawn(8001, 8000, plain), await drawn(8001, 8000, plain)],
  recorded: async () => [await drawn(1600, 1066, plain), await drawn(256, 171, tree, 'image/jpeg', 0.8)],
  video: async () => [await drawn(800, 533, plain), new Blob([new Uint8Array(100)], { type: 'video/mp4' })],
  text: async () => [await drawn(800, 533, plain), new Blob(['no picture'])],
  drawing: async () => [
    new Blob(['<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><circle cx="200" cy="150" r="90" fill="teal"/></svg>'], { type: 'image/svg+xml' }),
    await drawn(400, 300, plain),
  ],
};

const which = asked.get('case') ?? 'tree';
const words = asked.get('lang') === 'ko' ? ko : en;
document.documentElement.lang = words['comparison.locale'];
const recorded = which === 'recorded';
const here = document.getElementById('here')!;

function show(left: ComparePicture, right: ComparePicture) {
  render(<Compare words={words} left={left} right={right} onClose={() => render(<p>closed</p>, here)} />, here);
}

const picked = document.querySelector('input')!;
picked.onchange = () => {
  const [left, right = left] = picked.files!;
  if (left && right) show({ name: left.name, blob: left, recorded: false }, { name: right.name, blob: right, recorded });
};

const [left, right] = await cases[which]!();
show(
  { name: 'harbour-2024-05-11_original.png', blob: left, recorded: false },
  { name: asked.get('name') ?? (recorded ? 'IMG_0420.jpg' : 'harbour_as_published.png'), blob: right, recorded },
);
