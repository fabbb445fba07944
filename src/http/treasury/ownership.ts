/** Challenges, and the proofs of ownership that answer them. */
import type { z } from 'zod';
import { familyOf } from '../../core/chains/address.ts';
import { ChainUnavailable, type ProofRefusal, type ProofVerdict } from '../../core/senders/chain-reader.ts';
import {
  CHALLENGE_TTL_MS,
  differencesOf,
  isOpen,
  messageOf,
  newNonce,
  readMessage,
  type Challenge,
  type ProofMessage,
} from '../../core/senders/ownership-proof.ts';
import { Refusal } from '../../core/errors.ts';
import { findChallenge, insertChallenge, type ProofUse } from '../../db/senders/challenges.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import type { SurfaceDeps } from '../deps.ts';
import type { challengeView, proofBody } from './ownership-schemas.ts';

type ChallengeView = z.input<typeof challengeView>;
export type ProofInput = z.output<typeof proofBody>;

/** Issues a challenge, which may be answered once within 10 minutes. */
export async function issueChallenge(
  { forOrg, clock, publicUrl }: Pick<SurfaceDeps, 'forOrg' | 'clock' | 'publicUrl'>,
  about: Pick<Challenge, 'org' | 'chain' | 'address' | 'purpose' | 'txHash'>,
): Promise<ChallengeView> {
  const issuedAtMs = clock.nowMs();
  const { org, chain, address, purpose, txHash } = about;
  const challenge: Challenge = {
    domain: new URL(publicUrl).host,
    uri: publicUrl,
    chain,
    address,
    org,
    purpose,
    txHash,
    nonce: newNonce(),
    issuedAtMs,
    expiresAtMs: issuedAtMs + CHALLENGE_TTL_MS,
  };
  await insertChallenge(forOrg(org), challenge);
  return {
    chain,
    address,
    purpose,
    txHash,
    message: await askedOf(challenge),
    issuedAt: new Date(issuedAtMs).toISOString(),
    expiresAt: new Date(challenge.expiresAtMs).toISOString(),
  };
}

/** Loads viem when it is needed: that takes a quarter of a second, which no start should wait for. */
async function askedOf(challenge: Challenge): Promise<ProofMessage> {
  const { chain, address } = challenge;
  if (familyOf(chain) !== 'eip155') return messageOf(challenge, address);
  const { getAddress } = await import('viem/utils');
  return messageOf(challenge, getAddress(address));
}

/** A proof whose message is a challenge that the org was given; its signature is not checked yet. */
export interface ReadProof {
  readonly challenge: Challenge;
  readonly signature: ProofInput['signature'];
  /** Whether the challenge was answered before with this same signature. */
  readonly repeated: boolean;
}

/**
 * Reads a proof against the challenge that it answers.
 * @throws Refusal VALIDATION_FAILED when the message differs from the challenge or has expired; IDEMPOTENCY_CONFLICT
 *   when the challenge was answered before with another signature.
 */
export async function readProof(
  { forOrg, clock }: Pick<SurfaceDeps, 'forOrg' | 'clock'>,
  org: string,
  { message, signature }: ProofInput,
): Promise<ReadProof> {
  const signed = readMessage(message);
  if (!signed) throw refuse('proof.message', 'is not a challenge of this service: send it back as it was handed out');
  const stored = await findChallenge(forOrg(org), { nonce: signed.nonce, org });
  if (!stored) throw refuse('proof.message', 'is not a challenge that this org was given: ask for a new one');
  const wrong = differencesOf(stored.challenge, signed);
  if (wrong.length > 0) throw refuse('proof.message', `is not what was handed out: ${wrong.join(', ')} differs`);
  const repeated = stored.usedWith === textOf(signature);
  if (stored.usedWith !== null && !repeated) throw spentProof();
  if (!repeated && !isOpen(stored.challenge, clock.nowMs())) {
    throw refuse('proof.message', 'has expired: ask for a new challenge');
  }
  return { challenge: stored.challenge, signature, repeated };
}

/**
 * Checks that the account of the challenge signed it. This may call the chain, so no database transaction may be open.
 * @returns whether the account's key or its contract confirms it, and the use to record, which spends the challenge.
 * @throws Refusal VALIDATION_FAILED when it did not sign; LEDGER_UNAVAILABLE when the chain cannot be asked now.
 */
export async function verifyProof(
  { clock, readers }: Pick<SurfaceDeps, 'clock' | 'readers'>,
  { challenge, signature }: ReadProof,
): Promise<{ readonly by: 'key' | 'contract'; readonly use: ProofUse }> {
  const { chain, address, nonce } = challenge;
  const reader = readers.get(chain);
  if (!reader) throw refuse('proof.message', `is about ${chain}, which is no longer configured here`);
  let verdict: ProofVerdict;
  try {
    verdict = await reader.verifyProof(address, await askedOf(challenge), signature);
  } catch (error) {
    if (!(error instanceof ChainUnavailable)) throw error;
    throw new Refusal('LEDGER_UNAVAILABLE', `the account cannot be asked now (${error.message}); nothing was changed`);
  }
  if (verdict.proven)
    return { by: verdict.by, use: { nonce, signature: textOf(signature), at: new Date(clock.nowMs()) } };
  throw refuse('proof.signature', refusalOf(verdict.reason, `${address} on ${chain}`));
}

/** Why a signature proves nothing, and what to do. @param account the address and its chain. */
function refusalOf(reason: ProofRefusal, account: string): string {
  switch (reason) {
    case 'not_deployed':
      return `cannot be checked: no account is deployed at ${account}; deploy it first`;
    case 'not_ready':
      return `is not accepted by ${account} as the account is now; the call that the signature names (ERC-6492) is run for accounts that are not deployed only: make the account ready by a transaction, then sign a new challenge`;
    case 'not_delegated':
      return `is one of a delegated account (ERC-8010), and ${account} is not delegated: sign with its own key, or delegate it first`;
    case 'wrong_signature':
      return `is not accepted by ${account} for this message`;
    default:
      return reason satisfies never;
  }
}

/** The refusal of a challenge that was answered before. */
export function spentProof(): Refusal {
  return new Refusal('IDEMPOTENCY_CONFLICT', 'this proof was used before, or is too late now: ask for a new challenge');
}

function textOf(signature: ProofInput['signature']): string {
  return typeof signature === 'string' ? signature : signature.join(',');
}

function refuse(path: string, message: string): Refusal {
  return invalidInput([{ path, message }]);
}
