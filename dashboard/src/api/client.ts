/** Calls to the service. They come from its own page: the session's cookie goes along by itself. */
import type { components, paths } from './schema';

type Method = 'get' | 'post' | 'patch' | 'put' | 'delete';
type Operation<P extends keyof paths, M extends Method> = paths[P][M & keyof paths[P]];
type Fine<R> = R extends { responses: infer S } ? S[keyof S & (200 | 201 | 202 | 204)] : never;
/** The body of a successful answer. */
export type Answer<P extends keyof paths, M extends Method = 'get'> =
  Fine<Operation<P, M>> extends { content: { 'application/json': infer B } } ? B : undefined;
export type Schemas = components['schemas'];

/** What the address of every call begins with: a proxy may serve everything under a path. */
export const PREFIX = document.querySelector<HTMLMetaElement>('meta[name=coffer-prefix]')?.content ?? '';

/** Why a call was refused, as the service says it. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  readonly reason: string | undefined;

  constructor(status: number, problem: Record<string, unknown>, requestId: string | null) {
    super(typeof problem['detail'] === 'string' ? problem['detail'] : `the service answered ${status}`);
    this.status = status;
    this.code = typeof problem['code'] === 'string' ? problem['code'] : 'UNKNOWN';
    this.reason = typeof problem['reason'] === 'string' ? problem['reason'] : undefined;
    this.requestId = requestId;
  }
}

/** No answer came at all. */
export class Offline extends Error {}

/** What calls carry beside their input; set once it is known who is signed in. */
export const about: { csrf: string | null; org: string | null } = { csrf: null, org: null };

const TIMEOUT_MS = 20_000;

interface Input {
  readonly query?: Readonly<Record<string, string | number | undefined | null>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly org?: string | null;
}

/** The headers of a call. */
export function headersOf(method: string, org: string | null = about.org): Record<string, string> {
  return {
    ...(org === null ? {} : { 'Coffer-Org': org }),
    ...(method === 'GET' || about.csrf === null ? {} : { 'X-Coffer-CSRF': about.csrf }),
  };
}

/** Makes a call. @throws Refused when the service refuses, Offline when it does not answer */
export async function call<P extends keyof paths & string, M extends Method>(
  method: M,
  path: P,
  { query = {}, params = {}, body, headers = {}, org }: Input = {},
): Promise<Answer<P, M>> {
  const name = method.toUpperCase();
  const filled = path.replace(/\{(\w+)\}/g, (_, one: string) => encodeURIComponent(params[one] ?? ''));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  const asked = search.size > 0 ? `?${search}` : '';
  let response: Response;
  try {
    response = await fetch(PREFIX + filled + asked, {
      method: name,
      headers: {
        ...headersOf(name, org === undefined ? about.org : org),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    throw new Offline('the service does not answer', { cause: error });
  }
  const text = await response.text();
  const json: unknown = text === '' ? undefined : parse(text);
  if (!response.ok) {
    throw new Refused(response.status, isRecord(json) ? json : {}, response.headers.get('X-Request-Id'));
  }
  return json as Answer<P, M>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
