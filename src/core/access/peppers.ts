/**
 * The peppers of a deployment: the secrets under which API keys are hashed. One is used for new hashes. Others open what
 * was hashed under them, so that the pepper can be replaced while every key goes on working.
 *
 * A pepper file is either one secret text, or lines of `<id>:<secret as base64url>`, newest first. A line that begins
 * with `next` opens keys and hashes none yet: every machine has to know a pepper before one of them hashes with it.
 */
import { createHmac, randomBytes } from 'node:crypto';

const PEPPER_CHARS_MIN = 32;
const PEPPER_BYTES = 32;
/** Most peppers of a file; each use of a key that names no pepper tries all of them. */
export const PEPPERS_MAX = 16;

const LINE = /^(next )?([0-9a-f]{8}):([A-Za-z0-9_-]+)$/;
/** A file with such a line is no plain secret, so that a damaged line is never taken for a pepper. */
const MEANT_AS_LINE = /^\s*(next\s+)?[0-9a-f]{8}:/m;
/** What the id of a pepper is the HMAC of; the text of a key always begins otherwise. */
const ID_TEXT = 'id of a pepper';

/** Why a pepper file cannot be used or changed; the message holds no secret. */
export class PepperError extends Error {
  override name = 'PepperError';
}

export interface Pepper {
  /** Eight hex digits that follow from the secret. */
  readonly id: string;
  readonly secret: string;
}

/** What a pepper file holds. */
export interface PepperFile {
  /** Opens keys, and becomes the current one by {@link withNextUsed}. */
  readonly next: Pepper | undefined;
  /** The one that keys are hashed under. */
  readonly current: Pepper;
  /** Those that were current before, newest first. */
  readonly older: readonly Pepper[];
}

/** The peppers as a running process uses them. */
export interface Peppers {
  /** The one that keys are hashed under. */
  current(): Pepper;
  /**
   * Those under which a stored hash may have been made: the named one or, where none is named (null), all. Empty: it is
   * not in the file. The file is read once more for an unknown id, since it may have been changed meanwhile.
   */
  under(id: string | null): readonly Pepper[];
  /** Whether a key that one of the peppers opened, and whose row names this pepper, is to be hashed under the current one. */
  replaces(stored: string | null, opener: Pepper): boolean;
}

/** The pepper with that secret. */
export function pepperOf(secret: string): Pepper {
  return { id: createHmac('sha256', secret).update(ID_TEXT).digest('hex').slice(0, 8), secret };
}

/** A new pepper with 256 random bits. */
export function createPepper(): Pepper {
  return pepperOf(randomBytes(PEPPER_BYTES).toString('base64url'));
}

/** Every pepper of a file, newest first. */
export function peppersIn({ next, current, older }: PepperFile): readonly Pepper[] {
  return next ? [next, current, ...older] : [current, ...older];
}

/**
 * Reads the text of a pepper file.
 * @throws PepperError when it is too short to be hard to guess, a line is damaged, or the lines make no sense together.
 */
export function parsePeppers(text: string): PepperFile {
  const trimmed = text.trim();
  if (!MEANT_AS_LINE.test(trimmed)) {
    if (trimmed.length < PEPPER_CHARS_MIN) throw new PepperError(`holds fewer than ${PEPPER_CHARS_MIN} characters`);
    return { next: undefined, current: pepperOf(trimmed), older: [] };
  }
  const lines = trimmed.split('\n').flatMap((line) => readLine(line.trim()));
  if (lines.length > PEPPERS_MAX) throw new PepperError(`holds more than ${PEPPERS_MAX} peppers`);
  if (new Set(lines.map(({ pepper }) => pepper.id)).size < lines.length) throw new PepperError('holds a pepper twice');
  const [first, ...rest] = lines;
  const next = first?.isNext === true ? first.pepper : undefined;
  const [current, ...older] = next ? rest : lines;
  if (!current) throw new PepperError('holds no pepper that keys are hashed under');
  if ([current, ...older].some(({ isNext }) => isNext))
    throw new PepperError('only its first line may begin with "next"');
  return { next, current: current.pepper, older: older.map(({ pepper }) => pepper) };
}

function readLine(line: string): { readonly isNext: boolean; readonly pepper: Pepper }[] {
  if (line === '' || line.startsWith('#')) return [];
  const [, next, id, encoded = ''] = LINE.exec(line) ?? [];
  const pepper = pepperOf(Buffer.from(encoded, 'base64url').toString('utf8'));
  if (pepper.id !== id || pepper.secret.length < PEPPER_CHARS_MIN) {
    throw new PepperError('has a line that is damaged: an id of 8 hex digits, a colon and the secret were expected');
  }
  return [{ isNext: next !== undefined, pepper }];
}

/** The text of a pepper file. */
export function formatPeppers({ next, current, older }: PepperFile): string {
  const line = ({ id, secret }: Pepper): string => `${id}:${Buffer.from(secret, 'utf8').toString('base64url')}\n`;
  return [...(next ? [`next ${line(next)}`] : []), ...[current, ...older].map(line)].join('');
}

/** The file with a further pepper, which hashes no key yet. @throws PepperError when one waits already, or it is full. */
export function withNext(file: PepperFile, next: Pepper): PepperFile {
  if (file.next) throw new PepperError(`has ${file.next.id}, which is not used yet`);
  if (peppersIn(file).length >= PEPPERS_MAX) throw new PepperError(`holds ${PEPPERS_MAX} peppers: remove one first`);
  return { ...file, next };
}

/** The file in which the next pepper is the current one. @throws PepperError when there is no next one. */
export function withNextUsed({ next, current, older }: PepperFile): PepperFile {
  if (!next) throw new PepperError('has no pepper that is not used yet');
  return { next: undefined, current: next, older: [current, ...older] };
}

/** The file without a pepper. @throws PepperError when it is the current one. */
export function withoutPepper({ next, current, older }: PepperFile, id: string): PepperFile {
  if (current.id === id) throw new PepperError(`hashes keys under ${id}: use another one first`);
  return { next: next?.id === id ? undefined : next, current, older: older.filter((one) => one.id !== id) };
}

/**
 * Peppers over the text of a file, which is read now.
 * @throws PepperError as {@link parsePeppers} does. A file that is damaged later is not used.
 */
export function openPeppers(readText: () => string): Peppers {
  let file = parsePeppers(readText());
  const find = (id: string): readonly Pepper[] => peppersIn(file).filter((pepper) => pepper.id === id);
  return {
    current: () => file.current,
    under: (id) => {
      if (id === null) return peppersIn(file);
      if (find(id).length === 0) file = readAgain(readText) ?? file;
      return find(id);
    },
    replaces: (stored, opener) => stored !== file.current.id && opener.id !== file.next?.id,
  };
}

/** Undefined when the file cannot be used: what was read before stays. */
function readAgain(readText: () => string): PepperFile | undefined {
  try {
    return parsePeppers(readText());
  } catch {
    return undefined;
  }
}
