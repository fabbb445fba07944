/**
 * The pictures of the documentation are those of the app as it is. They are made of the real app and service under a fixed clock, with
 * fixed data and fonts, so that they change only when a page does: a run compares what it draws with what lies in docs/screenshots.
 * Where a page is meant to change: `WRITE_SCREENSHOTS=1 npx vitest run --project long test/long/screenshots.test.ts`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDrawingChromium, type Look, type WatchedPage } from '../support/browser/chromium.ts';
import { comparePictures } from '../support/browser/compare.ts';
import { waitLoaded } from '../support/browser/walk.ts';
import { openPictureWorld, SENDER, type PictureWorld } from '../support/browser/picture-world.ts';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');
/** What was drawn where it differs from what lies there. */
const DIFFERING = join(tmpdir(), 'coffer-screenshots');
const isWriting = process.env['WRITE_SCREENSHOTS'] !== undefined;
/** A letter has about so many pixels: a picture with another word differs by more. */
const PIXELS_MAX = 60;
const PHONE = { width: 390, height: 844 };

interface Picture {
  readonly name: string;
  readonly user?: 'ada' | 'opal';
  readonly path: string;
  readonly look?: Look;
  /** What is done on the page before it is drawn. */
  readonly act?: (page: Page) => Promise<void>;
}

const PICTURES: readonly Picture[] = [
  { name: 'sign-in', path: '', look: { height: 620 } },
  { name: 'billing', user: 'ada', path: '/billing' },
  { name: 'billing-dark', user: 'ada', path: '/billing', look: { dark: true } },
  { name: 'billing-phone', user: 'ada', path: '/billing', look: PHONE },
  {
    name: 'top-up',
    user: 'ada',
    path: `/billing/top-up?amount=250.00&from=${SENDER}&since=2026-09-30T09:30:00.000Z`,
    look: { height: 1_060 },
  },
  {
    name: 'ledger',
    user: 'ada',
    path: '/billing/ledger',
    act: async (page) => {
      await page.getByRole('button', { name: 'AI call' }).nth(1).click();
      await page.getByRole('button', { name: 'Why?' }).click();
      await page.getByTestId('why').waitFor();
    },
  },
  {
    name: 'desk-search',
    user: 'opal',
    path: '/desk/orgs',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Search everything' }).fill('acme');
      await page.getByRole('option', { name: 'Acme Robotics Labs' }).waitFor();
    },
  },
  { name: 'desk-deposit', user: 'opal', path: '/desk/deposits/:traced', look: { height: 1_320 } },
  { name: 'desk-unmatched', user: 'opal', path: '/desk', look: { height: 760 } },
  { name: 'desk-solvency', user: 'opal', path: '/desk/solvency' },
  { name: 'desk-reports', user: 'opal', path: '/desk/reports' },
];

let browser: Browser;
let world: PictureWorld;
beforeAll(async () => {
  browser = await openDrawingChromium();
  world = await openPictureWorld(browser);
});
afterAll(async () => {
  await world.stop();
  await browser.close();
});

async function open({ path, look = {}, user, act }: Picture): Promise<WatchedPage> {
  const opened = await world.open(user, look);
  const { page } = opened;
  await page.goto(`${world.url}/app${path.replace(':traced', world.traced)}`);
  await waitLoaded(page);
  if (user === 'ada' && look.width === undefined) await page.getByText('Live', { exact: true }).waitFor();
  await act?.(page);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  return opened;
}

const draw = async (page: Page): Promise<Buffer> => page.screenshot({ animations: 'disabled', caret: 'hide' });

it.each(PICTURES)('$name is drawn as the documentation shows it', { timeout: 120_000 }, async (picture) => {
  const { page, context, faults } = await open(picture);
  const drawn = await draw(page);
  await context.close();
  const file = join(FOLDER, `${picture.name}.png`);
  if (isWriting) writeFileSync(file, drawn);
  const { sameSize, pixels } = await comparePictures(browser, drawn, readFileSync(file));
  if (!sameSize || pixels > PIXELS_MAX) {
    mkdirSync(DIFFERING, { recursive: true });
    writeFileSync(join(DIFFERING, `${picture.name}.png`), drawn);
  }
  expect(faults).toEqual([]);
  // If the page is meant to look different: the head of this file. What was drawn is kept beside other temporary files.
  expect(sameSize).toBe(true);
  expect(pixels).toBeLessThanOrEqual(PIXELS_MAX);
});

it('notices a word that changed', { timeout: 120_000 }, async () => {
  const { page, context } = await open({ name: 'sign-in', path: '', look: { height: 620 } });
  const before = await draw(page);
  await page.getByText('Coffer', { exact: true }).evaluate((element) => element.replaceChildren('Coffin'));
  const { pixels } = await comparePictures(browser, before, await draw(page));
  await context.close();
  expect(pixels).toBeGreaterThan(PIXELS_MAX);
});
