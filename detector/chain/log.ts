/** The log that the detector writes to. */

/** Structured log lines: `{ event: 'deposit.credited', ... }`. A pino logger is one. Errors are alarms. */
export interface DetectorLog {
  info(fields: Readonly<Record<string, unknown>>): void;
  warn(fields: Readonly<Record<string, unknown>>): void;
  error(fields: Readonly<Record<string, unknown>>): void;
}
