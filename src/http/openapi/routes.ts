/** The API's document and its reference page, served by this process: nothing is loaded from other hosts. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import { PROBLEM_CODES, PROBLEM_PAGES } from '../server/problem.ts';
import { ServedFile, type TakeTurn } from '../server/served-file.ts';
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

/** The folder of files that never change under their name. */
const LASTING = 'docs/assets';
const SCRIPT = 'text/javascript';

/** Paths are relative, so that the page also works under a path prefix of a proxy. */
const pageOf = (reference: ServedFile, start: ServedFile): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Coffer API</title>
  </head>
  <body>
    <div id="app"></div>
    <script src="${LASTING}/${reference.lastingName}"></script>
    <script src="${LASTING}/${start.lastingName}"></script>
  </body>
</html>
`;

/** Turns off what the reference would load from its makers, and links to them. */
const startOf = (document: ServedFile): string => `Scalar.createApiReference('#app', ${JSON.stringify({
  url: `${LASTING}/${document.lastingName}`,
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
})});
`;

/**
 * The routes that document `routes` and themselves. The document is generated here, before anything is served: that takes
 * the thread for longer than a caller should wait for a debit.
 */
export function documentRoutes(routes: readonly Route[], about: AboutService, turn: TakeTurn): Route[] {
  let bundle: Promise<ServedFile> | undefined;
  const reference = async (): Promise<ServedFile> => (bundle ??= readReference());
  const files = {
    document: new ServedFile('openapi.json', Buffer.of(), {}),
    start: new ServedFile('start.js', Buffer.of(), {}),
  };
  const own: Route[] = [
    fileRoute(
      '/openapi.json',
      { ...documented('getOpenApiDocument', 'This document'), replies: DOCUMENT },
      { file: () => files.document, turn },
    ),
    {
      method: 'GET',
      path: '/',
      documented: { ...documented('openReference', 'Leads to the reference'), replies: { 307: NO_BODY } },
      handle: async () => Promise.resolve({ status: 307, headers: { Location: 'docs' } }),
    },
    textRoute('/docs', 'text/html', 'The reference, for people', async () => pageOf(await reference(), files.start)),
    fileRoute('/docs/start.js', documented('getReferenceStart', 'The script that starts the reference', SCRIPT), {
      file: () => files.start,
      turn,
    }),
    fileRoute('/docs/reference.js', documented('getReferenceScript', 'The script of the reference', SCRIPT), {
      file: reference,
      turn,
    }),
    lastingRoute(async () => [files.document, files.start, await reference()], turn),
    errorPageRoute(),
  ];
  const text = JSON.stringify(createApiDocument([...routes, ...own], about));
  files.document = new ServedFile('openapi.json', Buffer.from(text), headersOf('application/json'));
  files.start = new ServedFile('start.js', Buffer.from(startOf(files.document)), headersOf(SCRIPT));
  return own;
}

const DOCUMENT = {
  200: z.looseObject({ openapi: z.string().meta({ description: 'The version of OpenAPI.', examples: ['3.1.1'] }) }),
};

function documented(operation: string, summary: string, ...texts: readonly string[]): Documented {
  const open = { access: 'open', scopes: [], query: NO_QUERY, body: NO_BODY } as const;
  return { operation, summary, chapter: SERVICE, replies: {}, texts, ...open };
}

function textRoute(path: string, type: string, summary: string, text: () => Promise<string>): Route {
  return {
    method: 'GET',
    path,
    documented: documented('getReference', summary, type),
    handle: async () => ({ headers: headersOf(type), pieces: once(await text()) }),
  };
}

/** A file under its plain name. */
function fileRoute(
  path: string,
  about: Documented,
  { file, turn }: { readonly file: () => ServedFile | Promise<ServedFile>; readonly turn: TakeTurn },
): Route {
  return {
    method: 'GET',
    path,
    documented: { ...about, replies: { ...about.replies, 304: NO_BODY } },
    handle: async (request) => (await file()).reply(request, { lasting: false, turn }),
  };
}

/** The files under the names under which they never change. */
function lastingRoute(files: () => Promise<readonly ServedFile[]>, turn: TakeTurn): Route {
  return {
    method: 'GET',
    path: `/${LASTING}/:name`,
    documented: {
      ...documented('getReferenceAsset', 'The files of the reference, under names that change with them', SCRIPT),
      replies: { ...DOCUMENT, 304: NO_BODY },
      pathParams: { name: z.string() },
      errors: ['NOT_FOUND'],
    },
    handle: async (request, params) => {
      const file = (await files()).find(({ lastingName }) => lastingName === params['name']);
      if (!file) throw new Refusal('NOT_FOUND', 'there is no such file, or it has another name by now');
      return file.reply(request, { lasting: true, turn });
    },
  };
}

/** Where the reference page's script is in the package that production installs, which leaves its sources out. */
const PACKAGED_REFERENCE = join(import.meta.dirname, '..', '..', '..', 'reference', 'standalone.js');

function referenceFile(): string {
  if (existsSync(PACKAGED_REFERENCE)) return PACKAGED_REFERENCE;
  return join(fileURLToPath(import.meta.resolve('@scalar/fastify-api-reference')), '..', 'js', 'standalone.js');
}

async function readReference(): Promise<ServedFile> {
  const bytes = await readFile(referenceFile());
  return new ServedFile('reference.js', bytes, headersOf(SCRIPT));
}

function errorPageRoute(): Route {
  return {
    method: 'GET',
    path: `${PROBLEM_PAGES}/:code`,
    documented: {
      ...documented('getErrorPage', 'What an error code means, and what to do', 'text/html'),
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
