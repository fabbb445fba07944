/** Rules about the web app, which has a compiler, packages and conventions of its own. */
import { posix } from 'node:path';

const FOLDER = 'dashboard/';
const LINES_MAX = 400;
/** Made from the API's document. */
const GENERATED = `${FOLDER}src/api/schema.d.ts`;

/** Whether a file is one of the web app: the rules of the service's code are not about it. */
export function isOfApp(path: string): boolean {
  return path.startsWith(FOLDER);
}

/** Imports that leave the app's folder: it knows the API's document and nothing else of the project. */
export function leaving(path: string, text: string): string[] {
  const named = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']*)'/g)].map(([, specifier = '']) => specifier);
  return named
    .filter((specifier) => !posix.join(posix.dirname(path), specifier).startsWith(FOLDER))
    .map((specifier) => `${path}: imports ${specifier}`);
}

const CODE = /\b(dangerouslySetInnerHTML|innerHTML|parseFloat|eval\(|new Function|localStorage\.setItem\([^)]*csrf)/i;
/** An amount as a number: the one place for that is `toPixels`, for plots, and what the calls of credits take. */
const AMOUNT = /\bNumber\((?:\w+\.)*\w*(?:usd|amount)\w*\)/i;
const OF_AMOUNTS = `${FOLDER}src/lib/money.ts`;
/** A part of an address, a hash or an id in place of the whole. */
const SHORTENED = /\b(?:\w+\.)*(?:\w*address|\w*hash|\w*id|token)\.(?:slice|substring|substr)\(/i;
/** What copies a whole shows the whole. */
const COPYABLE = `${FOLDER}src/ui/parts.tsx`;
const SHORTENED_COPY = /className="mono">\{text\./;

/** What a file of the app must not have: an amount as a number, a shortened address, markup or code from text, too many lines. */
export function unfit(path: string, text: string): string[] {
  const lines = text.split('\n').length;
  const banned = [
    CODE,
    SHORTENED,
    ...(path === OF_AMOUNTS ? [] : [AMOUNT]),
    ...(path === COPYABLE ? [SHORTENED_COPY] : []),
  ];
  return [
    ...banned.flatMap((one) => one.exec(text)?.[0] ?? []).map((found) => `${path}: ${found}`),
    ...(lines > LINES_MAX && path !== GENERATED ? [`${path}: ${lines} lines, above ${LINES_MAX}`] : []),
  ];
}
