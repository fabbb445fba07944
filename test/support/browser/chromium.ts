/** A real browser that notices what must never happen: errors, breaches of the page's policy, requests to other hosts. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type BrowserContext, type Page } from 'playwright-core';

const WAIT_MS = 20_000;
const WHOLE_BYTES_MIN = 100_000_000;
/** Runs in the page. */
const NOTE_BREACHES = `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
  console.error('policy: ' + violatedDirective + ' ' + blockedURI);
});`;

/** Starts Chromium: that of `CHROMIUM_PATH`, else the one that comes as a package. */
export async function openChromium(): Promise<Browser> {
  return launch(process.env['CHROMIUM_PATH'] ?? (await unpackChromium()));
}

/** Starts the package's Chromium with the package's fonts alone, so that every machine draws the same pixels. */
export async function openDrawingChromium(): Promise<Browser> {
  const executablePath = await unpackChromium();
  const folder = mkdtempSync(join(tmpdir(), 'coffer-fonts-'));
  const file = join(folder, 'fonts.conf');
  const fonts = join(tmpdir(), 'fonts');
  writeFileSync(file, `<fontconfig><dir>${fonts}</dir><cachedir>${join(folder, 'cache')}</cachedir></fontconfig>`);
  return launch(executablePath, { ...process.env, FONTCONFIG_FILE: file });
}

async function launch(executablePath: string, env: NodeJS.ProcessEnv = process.env): Promise<Browser> {
  // The package's own arguments switch web security off.
  const args = ['--no-sandbox', '--headless=shell'];
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return playwright.launch({
    executablePath,
    args,
    ignoreDefaultArgs: ['--headless'],
    chromiumSandbox: false,
    env: given,
  });
}

/** The package's own binary. A start that was interrupted leaves a part of it, which the package takes for the whole. */
async function unpackChromium(): Promise<string> {
  const path = join(tmpdir(), 'chromium');
  if (existsSync(path) && statSync(path).size < WHOLE_BYTES_MIN) rmSync(path);
  return chromium.executablePath();
}

/** A page, with what went wrong on it so far. */
export interface WatchedPage {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of the console and of scripts, breaches of the policy, requests to hosts that are not allowed. */
  readonly faults: string[];
}

/** How a page is looked at. */
export interface Look {
  /** Whether the system prefers dark pages. */
  readonly dark?: boolean;
  readonly width?: number;
  readonly height?: number;
  /** Where the page's own clock stands; left out, it is the machine's. */
  readonly nowMs?: number;
}

/** @param hosts those that may be asked, as `127.0.0.1:8080` */
export async function openPage(
  browser: Browser,
  hosts: readonly string[],
  { dark = false, width = 1280, height = 860, nowMs }: Look = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  if (nowMs !== undefined) await page.clock.setFixedTime(nowMs);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const url = URL.parse(request.url());
    if (url?.protocol !== 'data:' && url?.protocol !== 'blob:' && !hosts.includes(url?.host ?? '')) {
      faults.push(`request: ${request.url()}`);
    }
  });
  await page.addInitScript({ content: NOTE_BREACHES });
  return { context, page, faults };
}

const require = createRequire(import.meta.url);

/** Resolves when nothing has been moving for two frames: what is fading in has neither its colours nor its place yet. */
const AT_REST = `(async () => {
  for (let still = 0; still < 2;) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const moving = document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    still = moving.length === 0 ? still + 1 : 0;
    await Promise.allSettled(moving.map(({ finished }) => finished));
  }
})()`;

/**
 * What axe-core finds serious or critical on a page once it is at rest. It is run beside the page's own scripts, which the policy
 * bounds.
 */
export async function findBarriers(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  const { frameTree } = await session.send('Page.getFrameTree');
  const world = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  const evaluate = async (expression: string): Promise<unknown> => {
    const answer = await session.send('Runtime.evaluate', {
      expression,
      contextId: world.executionContextId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? 'axe failed');
    return answer.result.value;
  };
  await evaluate(AT_REST);
  await evaluate(source);
  const found = await evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 200) + ' ' + failureSummary)))`);
  await session.detach();
  return Array.isArray(found) ? found.map(String) : [String(found)];
}
