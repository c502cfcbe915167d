// Small square pictures pixel by pixel: a grey image, classes in colours, and where two of them differ.

import { mix, rgb } from "./palette.js";

const OPAQUE = 255 << 24;

/** A CSS colour as one canvas pixel (little-endian RGBA). */
export function pixel(colour) {
  const [red, green, blue] = rgb(colour);
  return (OPAQUE | (blue << 16) | (green << 8) | red) >>> 0;
}

const GREYS = Uint32Array.from({ length: 256 }, (_, value) => (OPAQUE | (value << 16) | (value << 8) | value) >>> 0);
const DIM = Uint32Array.from({ length: 256 }, (_, value) => GREYS[value >> 1]);

/** A picture of side × side pixels, kept apart from the screen: `paint(pixels)` fills it, `draw` puts it anywhere. */
export class Picture {
  constructor(side) {
    this.side = side;
    this.canvas = document.createElement("canvas");
    this.canvas.width = this.canvas.height = side;
    this.context = this.canvas.getContext("2d");
    this.data = this.context.createImageData(side, side);
    this.pixels = new Uint32Array(this.data.data.buffer);
  }

  paint(colourAt) {
    for (let i = 0; i < this.pixels.length; i++) this.pixels[i] = colourAt(i);
    this.context.putImageData(this.data, 0, 0);
  }

  draw(ctx, x, y, size) {
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(this.canvas, x, y, size, size);
  }
}

/** The colours of classes, the background first, each from nothing (certainty 0) to the full colour (255). */
export function classTables(palette, count) {
  const colours = [palette.zero, ...Array.from({ length: count }, (_, k) => palette.classes[k % palette.classes.length])];
  return colours.map((colour) => Uint32Array.from({ length: 256 }, (_, sure) => pixel(mix(palette.background, colour, sure / 255))));
}

/** What can be wrong with a pixel, with a colour that no figure has. */
export function errorKinds(palette) {
  return [
    { name: "missed", title: "a figure, called background", colour: palette.classes[4] },
    { name: "invented", title: "background, called a figure", colour: palette.classes[3] },
    { name: "mixed up", title: "another figure", colour: palette.classes[7] },
  ];
}

/** Which of `errorKinds` a pixel is, or -1 where it is right. */
export function errorOf(truth, predicted) {
  if (truth === predicted) return -1;
  return predicted === 0 ? 0 : truth === 0 ? 1 : 2;
}

export const grey = (values) => (i) => GREYS[values[i]];
export const dim = (values) => (i) => DIM[values[i]];
