/** What `coffer doctor` finds out about one thing. `warn` is worth a look; `fail` keeps the service from working, or exposes a secret. */
export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly detail: string;
}

/** All is well. */
export const ok = (check: string, detail: string): Finding => ({ check, state: 'ok', detail });
/** Worth a look. */
export const warn = (check: string, detail: string): Finding => ({ check, state: 'warn', detail });
/** The service cannot work like this, or a secret is exposed. */
export const fail = (check: string, detail: string): Finding => ({ check, state: 'fail', detail });
