/** The API's document and its reference page, served by this process: nothing is loaded from other hosts. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import { PROBLEM_CODES, PROBLEM_PAGES } from '../server/problem.ts';
import { createApiDocument, type AboutService } from './document.ts';
import { readErrorPage } from './error-page.ts';
import { NO_BODY, NO_QUERY, type Documented, type Route } from '../server/route.ts';
import { SERVICE } from '../service/surface.ts';

/** Only this origin's scripts; inline styles, which the reference sets as it runs; its console calls this API. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Paths are relative, so that the page also works under a path prefix of a proxy. */
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Coffer API</title>
  </head>
  <body>
    <div id="app"></div>
    <script src="docs/reference.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;

/** Turns off what the reference would load from its makers, and links to them. */
const START = `Scalar.createApiReference('#app', ${JSON.stringify({
  url: 'openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
})});
`;

const BUNDLE_AGE_SECONDS = 3_600;

/** The routes that document `routes` and themselves. The document is generated on the first request for it. */
export function documentRoutes(routes: readonly Route[], about: AboutService): Route[] {
  let made: object | undefined;
  const own: Route[] = [
    {
      method: 'GET',
      path: '/openapi.json',
      documented: { ...documented('This document'), replies: { 200: z.looseObject({ openapi: z.string() }) } },
      handle: async () => Promise.resolve({ body: (made ??= createApiDocument([...routes, ...own], about)) }),
    },
    {
      method: 'GET',
      path: '/',
      documented: { ...documented('Leads to the reference'), replies: { 307: NO_BODY } },
      handle: async () => Promise.resolve({ status: 307, headers: { Location: 'docs' } }),
    },
    textRoute('/docs', 'text/html', 'The reference, for people', () => PAGE),
    textRoute('/docs/start.js', 'text/javascript', 'The script that starts the reference', () => START),
    bundleRoute(),
    errorPageRoute(),
  ];
  return own;
}

function documented(summary: string, ...texts: readonly string[]): Documented {
  return { summary, chapter: SERVICE, replies: {}, texts, access: 'open', scopes: [], query: NO_QUERY, body: NO_BODY };
}

function textRoute(path: string, type: string, summary: string, text: () => string): Route {
  return {
    method: 'GET',
    path,
    documented: documented(summary, type),
    handle: async () => Promise.resolve({ headers: headersOf(type), pieces: once(text()) }),
  };
}

function bundleRoute(): Route {
  const type = 'text/javascript';
  const entry = fileURLToPath(import.meta.resolve('@scalar/fastify-api-reference'));
  const file = join(entry, '..', 'js', 'standalone.js');
  const headers = { ...headersOf(type), 'Cache-Control': `public, max-age=${BUNDLE_AGE_SECONDS}` };
  return {
    method: 'GET',
    path: '/docs/reference.js',
    documented: documented('The script of the reference', type),
    handle: async () => Promise.resolve({ headers, pieces: createReadStream(file, 'utf8') }),
  };
}

function errorPageRoute(): Route {
  return {
    method: 'GET',
    path: `${PROBLEM_PAGES}/:code`,
    documented: {
      ...documented('What an error code means, and what to do', 'text/html'),
      pathParams: { code: z.string() },
      errors: ['NOT_FOUND'],
    },
    handle: async (_request, params) => {
      const code = PROBLEM_CODES.find((one) => one === params['code']);
      if (code === undefined) throw new Refusal('NOT_FOUND', 'there is no such code');
      return { headers: headersOf('text/html'), pieces: once(await readErrorPage(code)) };
    },
  };
}

function headersOf(type: string): Record<string, string> {
  return {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Security-Policy': POLICY,
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
}

async function* once(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
