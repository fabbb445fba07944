/**
 * What clients have in common that are made from published pages alone: a call, and readers of the fields that the pages promise.
 * Nothing here or in the clients comes from the project, so that a field that changes its name or its kind breaks them.
 */

export type Json = Readonly<Record<string, unknown>>;

/** An answer as any client sees it. */
export interface Answered {
  readonly status: number;
  readonly json: Json;
}

/** What a client did not expect. */
export class Unexpected extends Error {
  readonly status: number;
  readonly json: Json;

  constructor(what: string, { status, json }: Answered) {
    super(`${what}: ${status} ${JSON.stringify(json)}`);
    this.status = status;
    this.json = json;
  }
}

/** Calls a service. A body is sent as JSON, or as it is where it is text. */
export async function ask(
  url: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Readonly<Record<string, string>>; body?: unknown },
): Promise<Answered> {
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, json: objectOf(JSON.parse(await response.text())) };
}

/** A JSON object. @throws TypeError for anything else */
export function objectOf(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('no object');
  return { ...value };
}

/** A list of JSON objects. @throws TypeError for anything else */
export function objectsOf(value: unknown): Json[] {
  if (!Array.isArray(value)) throw new TypeError('no list');
  return value.map(objectOf);
}

/** What each kind of field may be; `?` marks what may be missing or null. */
export type Kind = 'number' | 'text' | 'flag' | 'list' | 'object' | 'time';
export type Fields = Readonly<Record<string, Kind | `${Kind}?`>>;

const READ: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  number: (value) => typeof value === 'number',
  text: (value) => typeof value === 'string',
  flag: (value) => typeof value === 'boolean',
  list: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  time: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value) && Date.parse(value) > 0,
};

const KINDS: ReadonlySet<string> = new Set(Object.keys(READ));
const isKind = (name: string): name is Kind => KINDS.has(name);

/** An object with the fields that a page promises; it may have others. @throws TypeError naming each field that is not so */
export function readFields(value: unknown, fields: Fields): Json {
  const read = objectOf(value);
  const wrong = Object.entries(fields).filter(([name, written]) => {
    const kind = written.replace('?', '');
    const given = read[name];
    if (given === undefined || given === null) return !written.endsWith('?');
    return !isKind(kind) || !READ[kind](given);
  });
  if (wrong.length === 0) return read;
  throw new TypeError(`${wrong.map(([name, kind]) => `${name} is no ${kind}`).join(', ')}: ${JSON.stringify(read)}`);
}
