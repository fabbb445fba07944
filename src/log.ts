import { destination, pino, type Logger } from 'pino';

/** Fields with these names are redacted at the top level and up to two levels below it. */
const SECRET_FIELDS = ['authorization', 'password', 'secret', 'pepper', 'apiKey', 'key', 'proof', 'connectionString'];
const STDERR = 2;

/**
 * Opens the structured log: one JSON object per line on stderr, since stdout is for output that scripts read. Every line
 * says which process wrote it.
 */
export function openLog(level: string, about: { readonly role: string; readonly version: string }): Logger {
  const paths = SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  return pino(
    { level, base: { ...about, pid: process.pid }, redact: { paths, censor: '[secret]' } },
    destination(STDERR),
  );
}
