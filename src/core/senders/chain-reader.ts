/** The port by which the API asks a chain something now. Addresses are canonical; every call has a deadline. */
import type { ProofMessage } from './ownership-proof.ts';

/** A signature as wallets give it: hex on EVM chains, a list of felts on Starknet. */
export type ProofSignature = string | readonly string[];

/**
 * `key`: the account's own key signed, which holds for the address on every chain of its family. `contract`: the
 * account's contract says so, which holds on its chain alone.
 */
export type ProofVerdict =
  | { readonly proven: true; readonly by: 'key' | 'contract' }
  | { readonly proven: false; readonly reason: 'wrong_signature' | 'not_deployed' };

/** Too few RPCs gave an answer: nothing is known, so nothing may be concluded. */
export class ChainUnavailable extends Error {
  override name = 'ChainUnavailable';
}

/** One chain. Every method throws ChainUnavailable when it cannot be asked. */
export interface ChainReader {
  /** CAIP-2 name. */
  readonly chain: string;
  /**
   * Whether the account signed the message. An account that is a contract is asked itself, on as many RPCs as must agree
   * here, and only its explicit yes is one.
   */
  verifyProof(address: string, message: ProofMessage, signature: ProofSignature): Promise<ProofVerdict>;
  /** Whether there is code at the address. */
  isDeployed(address: string): Promise<boolean>;
  /** Base units of the token at the head, as the first RPC that answers tells it: to be shown, not to be relied on. */
  balanceOf(token: string, address: string): Promise<bigint>;
  /** Gives up whatever is under way. */
  close(): void;
}
