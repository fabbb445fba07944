/** Ways through the app for tests and benchmarks: the sign-in, and waiting until a page shows what it has. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

const LOADED_MS_MAX = 20_000;
const LOOK_MS = 50;

/** Goes through the sign-in of the stage's issuer. */
export async function passSignIn(page: Page, url: string, user: string): Promise<void> {
  await page.goto(`${url}/app`);
  await page.getByRole('link', { name: 'Continue with single sign-on' }).click();
  await page.getByRole('button', { name: user }).click();
  await page.waitForURL(`${url}/app/**`);
}

/** Waits until a page has its heading and nothing in it is loading. A tab that nobody has opened loads nothing. */
export async function waitLoaded(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  const loading = page.locator('[aria-label=Loading], .mantine-Skeleton-root').filter({ visible: true });
  const deadline = Date.now() + LOADED_MS_MAX;
  while ((await loading.count()) > 0) {
    if (Date.now() > deadline) throw new Error(`${page.url()} is still loading after ${LOADED_MS_MAX} ms`);
    await sleep(LOOK_MS);
  }
}
