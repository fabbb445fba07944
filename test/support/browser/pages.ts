/** What every test of the app does with its pages: signs in, looks for obstacles. */
import type { Browser, Page } from 'playwright-core';
import { onTestFailed } from 'vitest';
import { findBarriers, openPage, type Look, type WatchedPage } from './chromium.ts';
import type { Stage } from './stage.ts';
import { passSignIn, waitLoaded } from './walk.ts';

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

/** Opens an address of the app. @returns what hinders somebody there: findings of axe-core, and a page wider than the screen */
export async function findObstacles(page: Page, address: string): Promise<string[]> {
  await page.goto(address);
  await waitLoaded(page);
  const fits = await page.evaluate('document.documentElement.scrollWidth <= innerWidth');
  return [...(fits === true ? [] : ['wider than the screen']), ...(await findBarriers(page))];
}
