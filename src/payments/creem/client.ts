/**
 * Calls to Creem through the official SDK. The SDK checks each answer against closed lists of values, and throws when one is
 * new, after the call took effect; so an answer is read here from its own text, by schemas of the few fields that we use.
 */
import { Creem, HTTPClient } from 'creem';
import { ConnectionError, CreemError, RequestTimeoutError } from 'creem/models/errors';
import { z } from 'zod';
import { cleanText } from '../../core/foreign-text.ts';
import { ProviderFailed, type ProviderFault } from '../port.ts';

/** For one call. The SDK repeats none by itself: Creem knows no idempotency keys. */
const CALL_TIMEOUT_MS = 20_000;
/** Codes of the network that say that nothing was sent. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const REASON_LENGTH_MAX = 200;

export interface CreemConnection {
  readonly secretKey: string;
  readonly url: string;
}

/** A call. `reads` is true where it changes nothing: then a lost answer leaves no doubt, and it can be asked again. */
export interface CreemCall {
  readonly name: string;
  readonly reads: boolean;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * Makes a call.
 * @param work the call, by the SDK; what it makes of the answer is not used
 * @returns the answer, not read yet
 * @throws ProviderFailed
 */
export async function callCreem(
  { secretKey, url }: CreemConnection,
  call: CreemCall,
  work: (creem: Creem) => Promise<unknown>,
): Promise<unknown> {
  const kept: { answer?: Answer } = {};
  const httpClient = new HTTPClient({
    fetcher: async (request, init) => {
      const response = await fetch(request, init);
      const { status, headers } = response;
      const text = await response.text();
      kept.answer = { status, text };
      return new Response(text === '' ? null : text, { status, headers });
    },
  });
  const creem = new Creem({ apiKey: secretKey, serverURL: url, timeoutMs: CALL_TIMEOUT_MS, httpClient });
  const failure = await work(creem).then(
    () => undefined,
    (error: unknown) => error,
  );
  const { answer } = kept;
  if (answer === undefined) throw notAnswered(call, failure);
  if (answer.status < 200 || answer.status > 299) throw refusedBy(call, answer, failure);
  return parse(call, answer.text);
}

/** Reads an answer. @throws ProviderFailed when it is another than this code knows: what it says is not known then */
export function readAnswer<Shape extends z.ZodType>(call: CreemCall, shape: Shape, answer: unknown): z.output<Shape> {
  const read = shape.safeParse(answer);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue === undefined ? '' : ` at ${issue.path.join('.')}`;
  throw failed(call, call.reads ? 'unreachable' : 'unknown', `the answer cannot be read${where}`);
}

/** Whether a call failed since there is no such object. */
export function isMissing(error: unknown): boolean {
  return error instanceof ProviderFailed && error.fault.code === 'not_found';
}

/** A failure of a call, in our words. */
export function failed(
  call: CreemCall,
  outcome: ProviderFault['outcome'],
  why: string,
  fault: Partial<Omit<ProviderFault, 'outcome'>> = {},
): ProviderFailed {
  const rest = { code: null, requestId: null, lacks: null, ...fault };
  return new ProviderFailed(`Creem: ${call.name}: ${why}`, { ...rest, outcome });
}

function parse(call: CreemCall, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw failed(call, call.reads ? 'unreachable' : 'unknown', 'the answer cannot be read');
  }
}

const errorShape = z.object({
  trace_id: z.string().max(100).optional().catch(undefined),
  message: z
    .union([z.string(), z.array(z.string()).transform((lines) => lines.join('; '))])
    .optional()
    .catch(undefined),
});

function refusedBy(call: CreemCall, { status, text }: Answer, failure: unknown): ProviderFailed {
  const said = errorShape.safeParse(jsonOf(text)).data ?? {};
  const fault = { requestId: said.trace_id ?? null };
  const why = cleanText(said.message ?? (failure instanceof CreemError ? `answered ${status}` : ''), REASON_LENGTH_MAX);
  if (status === 401 || status === 403) {
    return failed(call, 'refused', 'the secret key is refused', { ...fault, lacks: 'key' });
  }
  if (status === 429) return failed(call, 'unreachable', 'too many requests; try again later', fault);
  if (status === 404) return failed(call, 'refused', why, { ...fault, code: 'not_found' });
  if (status >= 400 && status < 500) return failed(call, 'refused', why, { ...fault, code: String(status) });
  return failed(call, call.reads ? 'unreachable' : 'unknown', `answered ${status}`, { ...fault, code: String(status) });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function notAnswered(call: CreemCall, failure: unknown): ProviderFailed {
  const isTimeout = failure instanceof RequestTimeoutError;
  const neverSent = failure instanceof ConnectionError && NEVER_SENT.has(codeOf(failure));
  const outcome = call.reads || neverSent ? 'unreachable' : 'unknown';
  return failed(call, outcome, isTimeout ? 'no answer in time' : 'the connection failed before the whole answer came');
}

/** The network's code of an error, wherever in the chain of its causes it is. */
function codeOf(error: unknown): string {
  let cause: unknown = error;
  for (let depth = 0; depth < 5 && typeof cause === 'object' && cause !== null; depth += 1) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
    cause = 'cause' in cause ? cause.cause : undefined;
  }
  return '';
}
