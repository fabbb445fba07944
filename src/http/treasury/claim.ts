/** Endpoints for claiming an unmatched deposit with a signature of its sender, and for the challenge to sign. */
import type { z } from 'zod';
import { canonicalTxHash } from '../../core/chains/tx-hash.ts';
import { Refusal } from '../../core/errors.ts';
import { formatUsd } from '../../core/money.ts';
import { claimDeposits, listClaimed, type Claimed } from '../../db/deposits/claims.ts';
import { actorOf } from '../access/caller.ts';
import { invalidInput, orgRoute, type OrgCall } from '../endpoint/endpoint.ts';
import { REPLAYED_HEADER } from '../endpoint/idempotency.ts';
import { claimBody, senderChallengeBody, claimReply } from './claim-schemas.ts';
import type { SurfaceDeps } from '../deps.ts';
import { challengeView } from './ownership-schemas.ts';
import { issueChallenge, readProof, spentProof, verifyProof } from './ownership.ts';
import { getChain, readSenderAddress } from './sender-address.ts';
import { challengeFor } from './senders.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import type { Reply } from '../server/reply.ts';
import { CHAPTERS } from './surface.ts';

/** The routes of challenges and claims. */
export function claimRoutes(deps: SurfaceDeps): Route[] {
  const { guard } = deps;
  const challenge = orgRoute(
    guard,
    {
      method: 'POST',
      path: '/treasury/sender-challenge',
      operation: 'createSenderChallenge',
      summary: 'What to sign to prove that the org owns a sender',
      chapter: CHAPTERS.deposits,
      replies: { 200: challengeView },
      scopes: ['treasury:admin', 'treasury:spend'],
      query: NO_QUERY,
      body: senderChallengeBody,
    },
    async (call) => challengeOne(deps, call),
  );
  const claim = orgRoute(
    guard,
    {
      method: 'POST',
      path: '/treasury/deposits/claim',
      operation: 'claimDeposit',
      summary: 'Claims an unmatched deposit with a signature of its sender',
      chapter: CHAPTERS.deposits,
      replies: { 200: claimReply },
      errors: ['DEPOSIT_NOT_OPEN', 'IDEMPOTENCY_CONFLICT'],
      scopes: ['treasury:admin'],
      query: NO_QUERY,
      body: claimBody,
    },
    async (call) => claimOne(deps, call),
  );
  return [challenge, claim];
}

async function challengeOne(
  deps: SurfaceDeps,
  { org, body }: OrgCall<z.output<typeof senderChallengeBody>, unknown>,
): Promise<Reply> {
  const asked = await readSenderAddress(deps, body);
  if (body.purpose === 'register') return { body: await challengeFor(deps, org.id, asked) };
  const about = { org: org.id, chain: body.chain, address: asked.address, purpose: body.purpose };
  return { body: await issueChallenge(deps, { ...about, txHash: canonicalTxHash(asked.family, body.txHash) }) };
}

async function claimOne(
  deps: SurfaceDeps,
  { org, caller, body }: OrgCall<z.output<typeof claimBody>, unknown>,
): Promise<Reply> {
  const { chain, family } = getChain(deps.chains, body.chain);
  const txHash = canonicalTxHash(family, body.txHash);
  const read = await readProof(deps, org.id, body.proof);
  const { address: from, ...signed } = read.challenge;
  // Only a challenge for a claim names a transaction.
  if (signed.chain !== chain || signed.txHash !== txHash) {
    throw invalidInput([
      { path: 'proof.message', message: 'is about something else: it must be for claiming this very transaction' },
    ]);
  }
  const sent = { chain, txHash, from, org: org.id };
  const reply = (deposits: readonly Claimed[]): z.input<typeof claimReply> => ({
    chain,
    txHash,
    fromAddress: from,
    deposits: deposits.map(({ amountMicros, ...one }) => ({ ...one, amountUsd: formatUsd(amountMicros) })),
  });
  const replayed = async (): Promise<Reply> => ({
    body: reply(await listClaimed(deps.forOrg(org.id), sent)),
    headers: { [REPLAYED_HEADER]: 'true' },
  });
  if (read.repeated) return replayed();
  const { use } = await verifyProof(deps, read);
  const outcome = await claimDeposits(deps.crossing, { ...sent, actor: actorOf(caller), proof: use });
  if (outcome === 'claimed') return { body: reply(await listClaimed(deps.forOrg(org.id), sent)) };
  if (outcome !== 'proof_spent') throw refusalOf(outcome);
  // The same call may be running twice at once, and the other one used the proof.
  if ((await readProof(deps, org.id, body.proof)).repeated) return replayed();
  throw spentProof();
}

function refusalOf(outcome: 'unknown' | 'taken' | 'not_open'): Refusal {
  if (outcome === 'unknown') {
    return new Refusal('NOT_FOUND', 'no deposit from this sender has been seen in this transaction');
  }
  const why =
    outcome === 'taken'
      ? 'another org has been given this deposit already'
      : 'it has no unmatched deposit: it is not final yet, or it is never credited';
  return new Refusal('DEPOSIT_NOT_OPEN', why);
}
