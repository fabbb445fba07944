/**
 * Secrets at rest: AES-256-GCM under named keys. The first key of a key file seals and all of them open, so that a key
 * can be replaced while the secrets sealed under it can still be read.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
/** The length that NIST SP 800-38D, section 8.2, recommends for a random nonce. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';
const KEY_LINE = /^([0-9a-f]{8}):([A-Za-z0-9_-]{43})$/;

/** Why something cannot be sealed or opened; the message holds no secret. */
export class EnvelopeError extends Error {
  override name = 'EnvelopeError';
}

/**
 * Seals and opens. `context` names the place of the secret (table, row, column); it opens only with the same context.
 */
export interface Vault {
  seal(context: string, secret: string): string;
  /** @throws EnvelopeError when the key is not in the file, or the text was changed or sealed for another context. */
  open(context: string, sealed: string): string;
  /** Name of the key that seals now. */
  currentKey(): string;
}

/** A line for a key file: a new random key with its name. */
export function createKeyLine(): string {
  return `${randomBytes(4).toString('hex')}:${randomBytes(KEY_BYTES).toString('base64url')}`;
}

/** Name of the key that a sealed text was sealed under; undefined when the text is not a sealed one. */
export function keyOfSealed(sealed: string): string | undefined {
  const [version, key] = sealed.split('.');
  return version === VERSION ? key : undefined;
}

/**
 * A vault over the text of a key file: one `name:key` per line; the first one seals. When a secret names an unknown
 * key, the file is read once more, since a key may have been added while this process runs.
 * @throws EnvelopeError when the text holds no key, or a line is not a key.
 */
export function openVault(readKeys: () => string): Vault {
  let keys = parseKeys(readKeys());
  return {
    currentKey: () => keys[0].name,
    seal: (context, secret) => seal(keys[0], context, secret),
    open: (context, sealed) => {
      const name = keyOfSealed(sealed);
      if (!keys.some((key) => key.name === name)) keys = parseKeys(readKeys());
      const key = keys.find((one) => one.name === name);
      if (!key) throw new EnvelopeError(`the secret of ${context} is sealed under a key that is not in the key file`);
      return open(key, context, sealed);
    },
  };
}

interface Key {
  readonly name: string;
  readonly bytes: Buffer;
}

function parseKeys(text: string): readonly [Key, ...Key[]] {
  const lines = text.split('\n').map((line) => line.trim());
  const written = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const [first, ...others] = written.map((line) => {
    const [, name, key] = KEY_LINE.exec(line) ?? [];
    if (name === undefined || key === undefined) {
      throw new EnvelopeError(
        'a line of the key file is not a key: it must be 8 hex digits, a colon and 43 base64url characters',
      );
    }
    return { name, bytes: Buffer.from(key, 'base64url') };
  });
  if (!first) throw new EnvelopeError('the key file holds no key');
  return [first, ...others];
}

function seal({ name, bytes }: Key, context: string, secret: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, bytes, nonce, { authTagLength: TAG_BYTES }).setAAD(boundTo(name, context));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [VERSION, name, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
}

function open({ name, bytes }: Key, context: string, text: string): string {
  const [, , nonce = '', sealed = ''] = text.split('.');
  const whole = Buffer.from(sealed, 'base64url');
  try {
    const decipher = createDecipheriv(CIPHER, bytes, Buffer.from(nonce, 'base64url'), { authTagLength: TAG_BYTES })
      .setAAD(boundTo(name, context))
      .setAuthTag(whole.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(whole.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    throw new EnvelopeError(`the secret of ${context} cannot be opened: it was changed, or sealed for another place`);
  }
}

function boundTo(key: string, context: string): Buffer {
  return Buffer.from(`${VERSION}.${key}.${context}`, 'utf8');
}
