/** The port to a service that screens senders before their deposits are credited. */
import type { ChainFamily } from '../../src/core/chains/address.ts';
import type { ScreeningVerdict } from '../../src/core/deposits/screening.ts';

export interface ScreeningSubject {
  /** CAIP-2 name. */
  readonly chain: string;
  readonly family: ChainFamily;
  /** The sender of the tokens, in canonical form. */
  readonly address: string;
}

export interface Screener {
  /** Rejects when it has no verdict. Called outside every database transaction; the caller sets a deadline. */
  screen(subject: ScreeningSubject): Promise<ScreeningVerdict>;
}
