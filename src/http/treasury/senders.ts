import { isAddress } from 'viem/utils';
import type { z } from 'zod';
import { canonicalAddress, claimsChecksum, deduceFamily, type ChainFamily } from '../../core/deposits/address.ts';
import { Refusal, type InputIssue } from '../../core/errors.ts';
import { isUuid, uuidV7 } from '../../core/ids.ts';
import { findPack, ORDER_OPEN_MS, PACKS, type Pack } from '../../core/packs.ts';
import type { NewPackOrder } from '../../db/pack-orders.ts';
import { listSenders, registerSender, unbindSender, type Sender } from '../../db/senders.ts';
import { decodeCursor, encodeCursor, pageOf } from '../cursor.ts';
import { NO_BODY, NO_QUERY, orgRoute, type OrgCall, type Reply, type Route } from '../endpoint.ts';
import type { ChainInfo, TreasuryDeps } from './deps.ts';
import { page as pageQuery, registerSenderBody, type registerSenderReply, type sendersReply } from './schemas.ts';

const SCOPES = ['treasury:admin', 'treasury:spend'] as const;
const CURSOR_KIND = 'senders';
const UNPROVEN_NOTE =
  'This deployment wants proof that the org owns the address; until then the sender reserves and matches nothing.';

type RegisterInput = z.output<typeof registerSenderBody>;

/** Registering, listing and unbinding the addresses that an org sends from. */
export function senderRoutes(deps: TreasuryDeps): Route[] {
  const { guard, db, clock, chains } = deps;
  const register = orgRoute(
    guard,
    { method: 'POST', path: '/treasury/register-sender', scopes: SCOPES, query: NO_QUERY, body: registerSenderBody },
    async (call) => registerOne(deps, call),
  );
  const list = orgRoute(
    guard,
    { method: 'GET', path: '/treasury/senders', scopes: SCOPES, query: pageQuery, body: NO_BODY },
    async ({ org, query: { limit, cursor } }) => {
      const beforeId = decodeCursor(cursor, CURSOR_KIND, (id) => (id !== undefined && isUuid(id) ? id : undefined));
      const rows = await listSenders(db, { org: org.id, limit: limit + 1, beforeId });
      const { page, nextCursor } = pageOf(rows, limit, ({ id }) => encodeCursor(CURSOR_KIND, id));
      const body: z.input<typeof sendersReply> = { senders: page.map((one) => viewOf(one, chains)), nextCursor };
      return { body };
    },
  );
  const unbind = orgRoute(
    guard,
    { method: 'DELETE', path: '/treasury/senders/:id', scopes: SCOPES, query: NO_QUERY, body: NO_BODY },
    async ({ org, params: { id } }) => {
      const at = new Date(clock.nowMs());
      const known = typeof id === 'string' && isUuid(id) && (await unbindSender(db, { org: org.id, id, at }));
      if (!known) throw new Refusal('NOT_FOUND', 'there is no such sender');
      return { status: 204 };
    },
  );
  return [register, list, unbind];
}

/**
 * Binds the address. Deposits that came from it earlier and wait unmatched are matched by the detector's next round,
 * which a block wakes, or the poll after about 3 s: nothing has to tell it.
 */
async function registerOne(deps: TreasuryDeps, { org, body }: OrgCall<RegisterInput, unknown>): Promise<Reply> {
  const { chains, clock, db, senderPolicy } = deps;
  const { family, address, chain } = readAddress(body, chains);
  const at = new Date(clock.nowMs());
  const outcome = await registerSender(db, {
    id: uuidV7(clock.nowMs()),
    org: org.id,
    family,
    address,
    chain,
    label: body.label,
    policy: senderPolicy,
    at,
    order: body.packId === undefined ? undefined : orderOf(org.id, getPack(body.packId), at),
  });
  if (outcome.claimed) throw new Refusal('SENDER_CLAIMED', 'another org has registered this sender');
  const { sender, orderId } = outcome;
  const shown = viewOf(sender, chains);
  const reply: z.input<typeof registerSenderReply> = {
    ...shown,
    creditsAddresses: chains
      .filter((one) => shown.chains.includes(one.chain))
      .flatMap(({ chain: id, creditsAddress, tokens }) =>
        tokens.map(({ address: token, symbol }) => ({ chain: id, address: creditsAddress, token, symbol })),
      ),
    ...(orderId === null ? {} : { orderId }),
    ...(sender.state === 'unproven' ? { note: UNPROVEN_NOTE } : {}),
  };
  return { body: reply };
}

/** Which address this is, in canonical form, and on which chain (null: all of its family). */
function readAddress(
  { address: written, chain }: RegisterInput,
  chains: readonly ChainInfo[],
): { readonly family: ChainFamily; readonly address: string; readonly chain: string | null } {
  const named = chain === undefined ? undefined : chains.find((one) => one.chain === chain);
  if (chain !== undefined && !named) {
    throw invalid('chain', `is not configured here; these are: ${chains.map((one) => one.chain).join(', ')}`);
  }
  const family = named?.family ?? deduceFamily(written);
  if (family === undefined) {
    throw invalid(
      'address',
      'must be 0x and 40 hex digits (EVM) or more (Starknet); for a shorter felt name the chain',
    );
  }
  const address = canonicalAddress(family, written);
  if (family === 'eip155' && claimsChecksum(written) && !isAddress(written, { strict: true })) {
    throw invalid('address', 'has a wrong checksum (EIP-55): check it for a typo, or write it in lower case');
  }
  const own = chains.filter((one) => one.family === family);
  if (own.length === 0) throw invalid('address', `no chain of its family (${family}) is configured here`);
  const ours = own.flatMap(({ creditsAddress, tokens }) => [creditsAddress, ...tokens.map((token) => token.address)]);
  if (ours.includes(address)) throw invalid('address', 'must not be a credits address or a token contract');
  return { family, address, chain: named?.chain ?? null };
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
  const { id, address, family, chain, label, state, boundAt } = sender;
  const own = chains.filter((one) => one.family === family && (chain === null || one.chain === chain));
  return {
    senderId: id,
    address,
    chain,
    chains: own.map((one) => one.chain),
    label,
    state,
    registeredAt: boundAt.toISOString(),
  };
}

function invalid(path: string, message: string): Refusal {
  const issues: InputIssue[] = [{ path, message }];
  return new Refusal('VALIDATION_FAILED', `${path} ${message}`, { issues });
}
