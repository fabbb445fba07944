import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageRoutes } from './pages.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coffer-pages-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(
    join(folder, 'index.html'),
    '<meta name="coffer-nonce" content="%STYLE_NONCE%"><script src="%PREFIX%/app/assets/a.js"></script>',
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

async function page(): Promise<{ readonly text: string; readonly headers: Readonly<Record<string, unknown>> }> {
  const routes = pageRoutes({ publicUrl: 'https://pay.example/money', folder, turn: async (work) => work() });
  const route = routes.find(({ path }) => path === '/app/:page');
  const reply = await route?.handle(new IncomingMessage(new Socket()), { page: 'billing' });
  let text = '';
  if (reply !== undefined && 'pieces' in reply) for await (const piece of reply.pieces ?? []) text += String(piece);
  return { text, headers: { ...reply?.headers } };
}

test('the page comes under a policy that lets in nothing but its own scripts and the styles of this answer', async () => {
  const [one, two] = [await page(), await page()];
  const policy = String(one.headers['Content-Security-Policy']);
  const nonce = /'nonce-([\w+/]{24})'/.exec(policy)?.[1] ?? '';
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
  expect(one.text).toBe(`<meta name="coffer-nonce" content="${nonce}"><script src="/money/app/assets/a.js"></script>`);
  expect(two.headers['Content-Security-Policy']).not.toBe(policy);
  expect(one.headers).toMatchObject({ 'Referrer-Policy': 'no-referrer', 'Cross-Origin-Opener-Policy': 'same-origin' });
});
