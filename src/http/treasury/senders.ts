/** Endpoints that register, list and unbind the addresses that an org sends from. */
import type { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import { uuidV7 } from '../../core/ids.ts';
import { findPack, ORDER_OPEN_MS, PACKS, type Pack } from '../../core/billing/packs.ts';
import type { NewPackOrder } from '../../db/billing/chain-orders.ts';
import type { ProofUse } from '../../db/senders/challenges.ts';
import { listSenders, registerSender, unbindSender, type Sender } from '../../db/senders/senders.ts';
import { decodeCursor, encodeCursor, pageOf, readUuid } from '../endpoint/cursor.ts';
import { invalidInput, orgRoute, type OrgCall } from '../endpoint/endpoint.ts';
import type { ChainInfo, SurfaceDeps } from '../deps.ts';
import { issueChallenge, readProof, spentProof, verifyProof, type ProofInput } from './ownership.ts';
import { registerSenderBody, registerSenderReply, sendersReply } from './schemas.ts';
import { readSenderAddress, type SenderAddress } from './sender-address.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import type { Reply } from '../server/reply.ts';
import { page as pageQuery } from '../endpoint/fields.ts';
import { readId, notFound } from '../endpoint/path-ids.ts';
import { CHAPTERS } from './surface.ts';

const SCOPES = ['treasury:admin', 'treasury:spend'] as const;
const CURSOR_KIND = 'senders';
const UNPROVEN_NOTE =
  'This deployment wants proof that the org owns the address; until then the sender reserves and matches nothing. Sign the challenge and register again with it as proof.';
const CLAIMED =
  'another org has registered this sender; the holder of its key can take it over with a proof: POST /treasury/sender-challenge gives what to sign';

type RegisterInput = z.output<typeof registerSenderBody>;

/** The routes that register, list and unbind the addresses that an org sends from. */
export function senderRoutes(deps: SurfaceDeps): Route[] {
  const { guard, forOrg, clock, chains } = deps;
  const register = orgRoute(
    guard,
    {
      method: 'POST',
      path: '/treasury/register-sender',
      operation: 'registerSender',
      summary: 'Binds an address that the org sends from',
      chapter: CHAPTERS.deposits,
      replies: { 200: registerSenderReply },
      errors: ['SENDER_CLAIMED', 'IDEMPOTENCY_CONFLICT'],
      scopes: SCOPES,
      query: NO_QUERY,
      body: registerSenderBody,
    },
    async (call) => registerOne(deps, call),
  );
  const list = orgRoute(
    guard,
    {
      method: 'GET',
      path: '/treasury/senders',
      operation: 'listSenders',
      summary: 'The senders of an org, newest first',
      chapter: CHAPTERS.deposits,
      replies: { 200: sendersReply },
      scopes: SCOPES,
      query: pageQuery,
      body: NO_BODY,
    },
    async ({ org, query: { limit, cursor } }) => {
      const beforeId = decodeCursor(cursor, CURSOR_KIND, readUuid);
      const rows = await listSenders(forOrg(org.id), { org: org.id, limit: limit + 1, beforeId });
      const { page, nextCursor } = pageOf(rows, limit, ({ id }) => encodeCursor(CURSOR_KIND, id));
      const body: z.input<typeof sendersReply> = { senders: page.map((one) => viewOf(one, chains)), nextCursor };
      return { body };
    },
  );
  const unbind = orgRoute(
    guard,
    {
      method: 'DELETE',
      path: '/treasury/senders/:id',
      operation: 'deleteSender',
      summary: 'Unbinds a sender',
      chapter: CHAPTERS.deposits,
      replies: { 204: NO_BODY },
      scopes: SCOPES,
      query: NO_QUERY,
      body: NO_BODY,
    },
    async ({ org, params: { id } }) => {
      const at = new Date(clock.nowMs());
      const known = await unbindSender(forOrg(org.id), { org: org.id, id: readId(id, 'sender'), at });
      if (!known) throw notFound('sender');
      return { status: 204 };
    },
  );
  return [register, list, unbind];
}

/**
 * Binds the address. Unmatched deposits that came from it earlier are matched in the detector's next round, which
 * starts with a new block or after about 3 s, so nothing notifies it.
 */
async function registerOne(deps: SurfaceDeps, { org, body }: OrgCall<RegisterInput, unknown>): Promise<Reply> {
  const { chains, clock, crossing, senderPolicy } = deps;
  const asked = await readSenderAddress(deps, body);
  const pack = body.packId === undefined ? undefined : getPack(body.packId);
  const proven = body.proof && (await proveSender(deps, org.id, { ...asked, proof: body.proof }));
  const at = proven?.use.at ?? new Date(clock.nowMs());
  const outcome = await registerSender(crossing, {
    id: uuidV7(clock.nowMs()),
    org: org.id,
    family: asked.family,
    address: asked.address,
    chain: proven ? proven.chain : asked.chain,
    label: body.label,
    policy: senderPolicy,
    at,
    order: pack && orderOf(org.id, pack, at),
    proof: proven?.use,
  });
  if (outcome.outcome !== 'registered') {
    throw outcome.outcome === 'claimed' ? new Refusal('SENDER_CLAIMED', CLAIMED) : spentProof();
  }
  const { sender, orderId } = outcome;
  const shown = viewOf(sender, chains);
  const challenge = sender.state === 'unproven' ? await challengeFor(deps, org.id, asked) : undefined;
  const own = chains.filter((one) => shown.chains.includes(one.chain));
  const reply: z.input<typeof registerSenderReply> = {
    ...shown,
    creditsAddresses: own.flatMap(({ chain: id, creditsAddress, tokens, expectedSeconds }) =>
      tokens.map(({ address: token, symbol }) => {
        return { chain: id, address: creditsAddress, token, symbol, expectedSeconds };
      }),
    ),
    expectedSeconds: longestOf(own),
    ...(orderId === null ? {} : { orderId }),
    ...(challenge ? { note: UNPROVEN_NOTE, challenge } : {}),
  };
  return { body: reply };
}

/** A challenge for a sender, on the named chain, else on the first configured chain of its family. */
export async function challengeFor(
  deps: SurfaceDeps,
  org: string,
  { address, chain, chains }: SenderAddress,
): ReturnType<typeof issueChallenge> {
  return issueChallenge(deps, { org, chain: chain ?? chains[0], address, purpose: 'register', txHash: null });
}

/**
 * Verifies the proof of a registration, and gives the chain that it is valid for; null means every chain of the family.
 * A key is the same on every chain of its family, but a contract account exists on its own chain only. A key's proof is
 * valid for the chain that the caller named.
 */
async function proveSender(
  deps: SurfaceDeps,
  org: string,
  { address, chain, proof }: SenderAddress & { readonly proof: ProofInput },
): Promise<{ readonly chain: string | null; readonly use: ProofUse }> {
  const read = await readProof(deps, org, proof);
  const { challenge } = read;
  if (read.repeated) throw spentProof();
  if (challenge.purpose !== 'register' || challenge.address !== address) {
    throw invalid('proof.message', 'is about something else: it must be for registering this very address');
  }
  const { by, use } = await verifyProof(deps, read);
  if (by === 'key') return { chain, use };
  if (chain !== null && chain !== challenge.chain) {
    throw invalid('proof.message', `holds on ${challenge.chain} alone, since the account is a contract there`);
  }
  return { chain: challenge.chain, use };
}

function longestOf(chains: readonly ChainInfo[]): number | null {
  const known = chains.flatMap(({ expectedSeconds }) => expectedSeconds ?? []);
  return known.length < chains.length || known.length === 0 ? null : Math.max(...known);
}

function getPack(id: string): Pack {
  const pack = findPack(id);
  if (pack) return pack;
  throw invalid('packId', `must be one of ${PACKS.map((one) => one.id).join(', ')}`);
}

function orderOf(org: string, pack: Pack, openedAt: Date): NewPackOrder {
  return {
    id: uuidV7(openedAt.getTime()),
    org,
    pack: pack.id,
    priceMicros: pack.amountMicros,
    freeGiftCards: pack.freeGiftCards,
    openedAt,
    expiresAt: new Date(openedAt.getTime() + ORDER_OPEN_MS),
  };
}

function viewOf(sender: Sender, chains: readonly ChainInfo[]): z.input<typeof sendersReply>['senders'][number] {
  const { id, address, family, chain, label, state, boundAt, provenAt } = sender;
  const own = chains.filter((one) => one.family === family && (chain === null || one.chain === chain));
  return {
    senderId: id,
    address,
    chain,
    chains: own.map((one) => one.chain),
    label,
    state,
    registeredAt: boundAt.toISOString(),
    provenAt: provenAt?.toISOString() ?? null,
  };
}

function invalid(path: string, message: string): Refusal {
  return invalidInput([{ path, message }]);
}
