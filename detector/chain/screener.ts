/** The port to whoever is asked about senders before their deposits are credited. */
import type { ChainFamily } from '../../src/core/chains/address.ts';
import type { ScreeningVerdict } from '../../src/core/deposits/screening.ts';

export interface ScreeningSubject {
  /** CAIP-2 name. */
  readonly chain: string;
  readonly family: ChainFamily;
  /** Who sent the tokens, in canonical form. */
  readonly address: string;
}

export interface Screener {
  /** Rejects when it cannot tell. Asked outside every database transaction, and given up after a deadline. */
  screen(subject: ScreeningSubject): Promise<ScreeningVerdict>;
}
