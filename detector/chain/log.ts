/** The log that the detector writes to. */

/** Takes structured log lines: `{ event: 'deposit.credited', ... }`. A pino logger fits. Errors are alarms. */
export interface DetectorLog {
  info(fields: Readonly<Record<string, unknown>>): void;
  warn(fields: Readonly<Record<string, unknown>>): void;
  error(fields: Readonly<Record<string, unknown>>): void;
}
