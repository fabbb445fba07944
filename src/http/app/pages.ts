/** Serves the built app: one page for all of its paths, and files whose names change with their content. */
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import { ServedFile } from '../server/served-file.ts';
import { NO_BODY, NO_QUERY, type Documented, type Route } from '../server/route.ts';
import type { AppDeps } from './deps.ts';
import { APP } from './surface.ts';

const NONCE_BYTES = 18;
/** What the page has in place of the nonce and of the prefix of its paths. */
const [NONCE, PREFIX] = ['%STYLE_NONCE%', '%PREFIX%'];
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
/** Paths of the app have that many parts at most. */
const DEEPEST = ['/app', '/app/:page', '/app/:page/:part', '/app/:page/:part/:id'];

/** The built app. */
interface Built {
  readonly page: string;
  readonly files: ReadonlyMap<string, ServedFile>;
}

/** Everything comes from this origin; only styles with this answer's nonce are applied. */
function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The pages of the app and its files, and the short ways to its billing tab. */
export function pageRoutes(deps: Pick<AppDeps, 'publicUrl' | 'folder' | 'turn'>): Route[] {
  const { publicUrl } = deps;
  let built: Promise<Built> | undefined;
  const get = async (): Promise<Built> => {
    built ??= readBuilt(deps.folder);
    try {
      return await built;
    } catch (error) {
      built = undefined;
      throw error;
    }
  };
  const toBilling = (path: string, operation: string): Route => ({
    method: 'GET',
    path,
    documented: { ...documented(operation, 'Leads to the billing tab'), replies: { 302: NO_BODY } },
    handle: async () => Promise.resolve({ status: 302, headers: { Location: `${publicUrl}/app/billing` } }),
  });
  return [
    fileRoute(get, deps),
    toBilling('/configure/billing', 'configureBilling'),
    toBilling('/app/configure/billing', 'configureAppBilling'),
    ...DEEPEST.map((path) => pageRoute(path, get, new URL(publicUrl).pathname.replace(/\/$/, ''))),
  ];
}

function pageRoute(path: string, get: () => Promise<Built>, prefix: string): Route {
  const names = [...path.matchAll(/:([a-z]+)/g)].map(([, name = '']) => [name, z.string()] as const);
  const operation = `showApp${names.map(([name]) => name.slice(0, 1).toUpperCase() + name.slice(1)).join('')}`;
  return {
    method: 'GET',
    path,
    documented: {
      ...documented(operation, 'The page of the app', 'text/html'),
      pathParams: Object.fromEntries(names),
    },
    handle: async () => {
      const nonce = randomBytes(NONCE_BYTES).toString('base64');
      const page = (await get()).page.replaceAll(NONCE, nonce).replaceAll(PREFIX, prefix);
      const headers = {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': policyOf(nonce),
        'Referrer-Policy': 'no-referrer',
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
      };
      return { headers, pieces: once(page) };
    },
  };
}

function fileRoute(get: () => Promise<Built>, { turn }: Pick<AppDeps, 'turn'>): Route {
  return {
    method: 'GET',
    path: '/app/assets/:name',
    documented: {
      ...documented(
        'getAppAsset',
        'A file of the app, under a name that changes with it',
        ...new Set(Object.values(TYPES).map(bare)),
      ),
      replies: { 304: NO_BODY },
      pathParams: { name: z.string() },
    },
    handle: async (request, { name }) => {
      const file = typeof name === 'string' ? (await get()).files.get(name) : undefined;
      if (!file) throw new Refusal('NOT_FOUND', 'there is no such file, or it has another name by now');
      return file.reply(request, { lasting: true, turn });
    },
  };
}

function documented(operation: string, summary: string, ...texts: readonly string[]): Documented {
  const errors = ['NOT_FOUND'] as const;
  return {
    operation,
    summary,
    chapter: APP,
    replies: {},
    texts,
    errors,
    access: 'open',
    scopes: [],
    query: NO_QUERY,
    body: NO_BODY,
  };
}

function bare(type: string): string {
  return type.split(';')[0] ?? type;
}

/** @throws Refusal NOT_FOUND when the app is not built */
async function readBuilt(folder: string): Promise<Built> {
  const assets = join(folder, 'assets');
  try {
    const page = await readFile(join(folder, 'index.html'), 'utf8');
    const names = (await readdir(assets)).filter((name) => TYPES[extname(name)] !== undefined);
    const files = await Promise.all(
      names.map(async (name) => {
        const headers = { 'Content-Type': TYPES[extname(name)] ?? '' };
        return [name, new ServedFile(name, await readFile(join(assets, name)), headers)] as const;
      }),
    );
    return { page, files: new Map(files) };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new Refusal('NOT_FOUND', 'the app is not built: run `npm run dashboard:build`');
  }
}

async function* once(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
