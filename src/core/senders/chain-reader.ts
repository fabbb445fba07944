/** The port through which the API reads a chain. Addresses are canonical; every call has a deadline. */
import type { ProofMessage } from './ownership-proof.ts';

/** A signature as wallets give it: hex on EVM chains, a list of felts on Starknet. */
export type ProofSignature = string | readonly string[];

/**
 * Why a signature proves nothing. `not_ready`: the account is deployed and denies the signature, which names a call that
 * would make the account ready first (ERC-6492); such a call is not run for a deployed account. `not_delegated`: the
 * signature is one of an account that is yet to be delegated (ERC-8010), and the account has no code.
 */
export type ProofRefusal = 'wrong_signature' | 'not_deployed' | 'not_ready' | 'not_delegated';

/**
 * `key`: the account's own key signed, which proves ownership on every chain of its family. `contract`: the account's
 * contract confirmed the signature, which proves ownership on its chain only.
 */
export type ProofVerdict =
  | { readonly proven: true; readonly by: 'key' | 'contract' }
  | { readonly proven: false; readonly reason: ProofRefusal };

/** Too few RPCs answered, so that nothing may be concluded. */
export class ChainUnavailable extends Error {
  override name = 'ChainUnavailable';
}

/** One chain. Every method throws ChainUnavailable when it cannot be asked. */
export interface ChainReader {
  /** CAIP-2 name. */
  readonly chain: string;
  /**
   * Whether the account signed the message. For an account that is a contract, the contract is asked through a quorum
   * of RPCs, and only its explicit yes counts.
   */
  verifyProof(address: string, message: ProofMessage, signature: ProofSignature): Promise<ProofVerdict>;
  /** Whether there is code at the address. */
  isDeployed(address: string): Promise<boolean>;
  /** Base units of the token at the head, from the first RPC that answers: for display, not to be relied on. */
  balanceOf(token: string, address: string): Promise<bigint>;
  /** Cancels all calls under way. */
  close(): void;
}
