/** Idempotency keys of one account: the first answer under a key is given again for 24 hours. */
import { StripeRefusal } from './refusal.ts';

const KEPT_MS = 24 * 3_600_000;

export interface Answer {
  readonly status: number;
  readonly body: string;
}

interface Kept {
  readonly request: string;
  readonly atMs: number;
  /** Undefined while the first call is under way. */
  answer: Answer | undefined;
}

export class IdempotencyKeys {
  readonly #kept = new Map<string, Kept>();

  /**
   * The answer that was given under this key; undefined when the call is to be done now, which then ends with `finish` or
   * `forget`.
   * @throws StripeRefusal 400 for other parameters under the key, 409 while the first call is under way
   */
  begin(key: string, request: string, nowMs: number): Answer | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined || nowMs - kept.atMs >= KEPT_MS) {
      this.#kept.set(key, { request, atMs: nowMs, answer: undefined });
      return undefined;
    }
    if (kept.request !== request) {
      throw new StripeRefusal(
        400,
        'Keys for idempotent requests can only be used with the same parameters they were first used with.',
        { code: 'idempotency_key_in_use' },
        'idempotency_error',
      );
    }
    if (kept.answer === undefined) {
      throw new StripeRefusal(409, 'There is currently another in-progress request using this Idempotent Key.', {
        code: 'idempotency_key_in_use',
      });
    }
    return kept.answer;
  }

  /** Keeps the answer, whatever its status. */
  finish(key: string, answer: Answer): void {
    const kept = this.#kept.get(key);
    if (kept) kept.answer = answer;
  }

  /** The call did nothing: its parameters were refused, or it never began. */
  forget(key: string): void {
    this.#kept.delete(key);
  }
}
