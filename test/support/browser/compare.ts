/** Compares pictures by their pixels, in the canvas of a browser: no package here decodes images. */
import type { Browser } from 'playwright-core';

/** By how much a channel (0 to 255) of a pixel has to differ. Machines blend the edges of letters slightly differently. */
const CHANNEL_DIFFERENCE = 48;

/** How two pictures differ. */
export interface PictureDifference {
  readonly sameSize: boolean;
  /** How many pixels differ, of a picture of the same size. */
  readonly pixels: number;
}

/** Runs in the page: two images as data URLs. */
const COMPARE = `async ([a, b, most]) => {
  const pixelsOf = async (url) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  };
  const [one, two] = await Promise.all([pixelsOf(a), pixelsOf(b)]);
  if (one.width !== two.width || one.height !== two.height) return { sameSize: false, pixels: 0 };
  let pixels = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    const differs = [0, 1, 2].some((channel) => Math.abs(one.data[at + channel] - two.data[at + channel]) > most);
    if (differs) pixels += 1;
  }
  return { sameSize: true, pixels };
}`;

/** @param one,two PNG files */
export async function comparePictures(browser: Browser, one: Buffer, two: Buffer): Promise<PictureDifference> {
  const page = await browser.newPage();
  try {
    const [a, b] = [one, two].map((picture) => `data:image/png;base64,${picture.toString('base64')}`);
    return await page.evaluate<PictureDifference>(`(${COMPARE})(${JSON.stringify([a, b, CHANNEL_DIFFERENCE])})`);
  } finally {
    await page.close();
  }
}
