/**
 * Watches the tokens for changes: of the code behind their address, pauses, blocks of our addresses, and transfers in an
 * unknown layout. Each raises an alarm and freezes the chain until an operator releases it: no credits and no reversals.
 */
import type { Block } from '../../src/core/chains/transfer.ts';
import { freezeChain } from '../../src/db/chains/freezes.ts';
import {
  countUnreadable,
  listTokenCodes,
  storeTokenCode,
  storeTokenNews,
  type TokenNews,
} from '../../src/db/chains/token-watch.ts';
import type { AuditPosition } from '../../src/db/chains/audit-position.ts';
import type { Auditing } from './balance-gap.ts';
import type { TokenNotice } from '../rpc/source.ts';

/** Blocks asked for at a time, and most such pieces of one audit; the next audit continues. */
const NOTICE_BLOCKS_MAX = 2_000;
const NOTICE_PIECES_MAX = 20;
/** Malformed transfers in a row that mean a new layout; fewer are exceptions. */
const UNREADABLE_TO_FREEZE = 3;

/**
 * Checks every credited token at the target, and its notices since the last check.
 * @returns false when some blocks are left to read.
 * @throws RpcFault when no quorum agrees, LeaseLost.
 */
export async function watchTokens(auditing: Auditing, position: AuditPosition, target: Block): Promise<boolean> {
  const { context } = auditing;
  await watchCode(auditing, target);
  for (const token of context.tokens) await watchLayout(auditing, token);
  return watchNotices(auditing, position, target);
}

async function watchCode(auditing: Auditing, target: Block): Promise<void> {
  const { context, pool, lease } = auditing;
  const { chain, db, tokens, clock } = context;
  const known = await listTokenCodes(db, chain);
  for (const token of tokens) {
    const code =
      (await pool.getAgreed('the code of a token', async (source) => source.tokenCode(token, target.hash), String)) ??
      null;
    const before = known.get(token);
    if (before === code) continue;
    const at = new Date(clock.nowMs());
    await storeTokenCode(db, lease, { chain, token, code, at });
    if (before === undefined) continue;
    await raise(auditing, { token, kind: 'code', about: code }, `its code has changed: ${before} before, ${code} now`);
  }
}

/** A token has changed its layout when its newest transfers to us are all malformed. */
async function watchLayout(auditing: Auditing, token: string): Promise<void> {
  const { db, chain } = auditing.context;
  const unreadable = await countUnreadable(db, { chain, token, limit: UNREADABLE_TO_FREEZE });
  if (unreadable < UNREADABLE_TO_FREEZE) return;
  await raise(
    auditing,
    { token, kind: 'layout', about: null },
    `its last ${unreadable} transfers to us cannot be read`,
  );
}

async function watchNotices(auditing: Auditing, position: AuditPosition, target: Block): Promise<boolean> {
  const { context, pool, lease } = auditing;
  const { chain, db, tokens, recipients, overlapBlocks, startBlock, clock } = context;
  let from = Math.max(startBlock, position.noticesNext - overlapBlocks);
  for (let piece = 0; piece < NOTICE_PIECES_MAX && from <= target.number; piece += 1) {
    const to = Math.min(target.number, from + NOTICE_BLOCKS_MAX - 1);
    const end = to === target.number ? target : await pool.block(to);
    const query = { fromBlock: from, target: end, tokens };
    const notices = await pool.getAgreed(
      'the notices of tokens',
      async (source) => source.tokenNotices(query),
      JSON.stringify,
    );
    const ours = notices.filter(({ address }) => address === null || recipients.has(address));
    const news = ours.map(({ address, ...notice }): TokenNews => ({ ...notice, about: address }));
    const read = { chain, news, nextBlock: to + 1, at: new Date(clock.nowMs()) };
    for (const one of await storeTokenNews(db, lease, read)) await report(auditing, one);
    from = to + 1;
  }
  return from > target.number;
}

async function report(auditing: Auditing, news: TokenNews): Promise<void> {
  const { chain, log } = auditing.context;
  const { kind, about, token, txHash } = news;
  if (kind === 'paused') return raise(auditing, news, `it is paused since ${txHash}`);
  if (kind === 'blocked') return raise(auditing, news, `it blocks ${about} since ${txHash}`);
  log.warn({
    event: 'token.eased',
    chain,
    token,
    kind,
    address: about,
    message: 'release the chain if nothing else is wrong',
  });
}

type Concern = Pick<TokenNews, 'token' | 'about'> & { readonly kind: TokenNotice['kind'] | 'code' | 'layout' };

async function raise({ context }: Auditing, { token, kind, about }: Concern, what: string): Promise<void> {
  const { chain, db, clock, log } = context;
  const reason = `token ${token}: ${what}`;
  const freeze = { chain, kind: 'token', reason, by: 'detector', at: new Date(clock.nowMs()) } as const;
  const froze = await freezeChain(db, freeze);
  // Every audit finds an unreadable layout again; it is logged only when it freezes the chain.
  if (froze || kind !== 'layout') log.error({ event: 'token.changed', chain, token, kind, about, reason });
  if (froze) log.error({ event: 'chain.frozen', chain, kind: freeze.kind, reason });
}
