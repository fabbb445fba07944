/** What every test of the app does with its pages: signs in, waits until a page shows what it has, looks for obstacles. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { onTestFailed } from 'vitest';
import { findBarriers, openPage, type Look, type WatchedPage } from './chromium.ts';
import type { Stage } from './stage.ts';

const LOADED_MS_MAX = 20_000;
const LOOK_MS = 50;

/** The three looks that every page is tested in. */
export const LOOKS = [
  ['light', { dark: false }],
  ['dark', { dark: true }],
  ['phone', { width: 390, height: 844 }],
] as const satisfies readonly (readonly [string, Look])[];

/** Signs a person of the stage's issuer in, on a page of their own. A test that fails leaves a picture of it in /tmp. */
export async function signIn(
  browser: Browser,
  stage: Pick<Stage, 'url' | 'hosts'>,
  { user, look = {} }: { readonly user: string; readonly look?: Look },
): Promise<WatchedPage> {
  const opened = await openPage(browser, stage.hosts, look);
  const { page } = opened;
  onTestFailed(async () => {
    await page.screenshot({ path: `/tmp/coffer-failed-${user}.png` }).catch(() => undefined);
  });
  await passSignIn(page, stage.url, user);
  return opened;
}

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

/** Opens an address of the app. @returns what hinders somebody there: findings of axe-core, and a page wider than the screen */
export async function findObstacles(page: Page, address: string): Promise<string[]> {
  await page.goto(address);
  await waitLoaded(page);
  const fits = await page.evaluate('document.documentElement.scrollWidth <= innerWidth');
  return [...(fits === true ? [] : ['wider than the screen']), ...(await findBarriers(page))];
}
