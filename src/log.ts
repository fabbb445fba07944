import { destination, pino, type Logger } from 'pino';

/** Names of fields that are never written, wherever they stand in the first two levels. */
const SECRET_FIELDS = ['authorization', 'password', 'secret', 'pepper', 'apiKey', 'key', 'proof', 'connectionString'];
const STDERR = 2;

/** Structured logs, one JSON object a line, on stderr: stdout belongs to what scripts read. */
export function openLog(level: string): Logger {
  const paths = SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  return pino({ level, base: null, redact: { paths, censor: '[secret]' } }, destination(STDERR));
}
