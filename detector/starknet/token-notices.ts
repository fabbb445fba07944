/** Reads the class of a Starknet token, and its notices: pauses and blocked addresses. */
import { hash } from 'starknet';
import { z } from 'zod';
import type { NoticeQuery, TokenNotice } from '../rpc/source.ts';
import { parseResult, type JsonRpc } from '../rpc/json-rpc.ts';
import { RpcFault } from '../rpc/fault.ts';
import { feltSchema, toFelt, toWire } from './decode.ts';

const CONTRACT_NOT_FOUND = 20;
const CHUNK_SIZE = 1_000;
const PAGES_MAX = 2_000;

const selector = (name: string): string => toFelt(hash.getSelectorFromName(name));
/** Events of Circle's FiatToken (circlefin/stablecoin-starknet); the first two are also OpenZeppelin's Pausable. */
const KINDS: ReadonlyMap<string, TokenNotice['kind']> = new Map([
  [selector('Paused'), 'paused'],
  [selector('Unpaused'), 'unpaused'],
  [selector('Blocklisted'), 'blocked'],
  [selector('Unblocklisted'), 'unblocked'],
]);

const rowSchema = z.object({
  from_address: feltSchema,
  keys: z.array(feltSchema),
  block_number: z.int().min(0),
  transaction_hash: feltSchema,
});
const pageSchema = z.object({ events: z.array(rowSchema), continuation_token: z.string().nullish() });

/** The class of the token at a block; undefined where there is no contract. */
export async function readTokenCode(rpc: JsonRpc, token: string, blockHash: string): Promise<string | undefined> {
  const method = 'starknet_getClassHashAt';
  try {
    const params = { block_id: { block_hash: toWire(blockHash) }, contract_address: toWire(token) };
    return parseResult(method, feltSchema, await rpc.call(method, params));
  } catch (error) {
    if (error instanceof RpcFault && error.code === CONTRACT_NOT_FOUND) return undefined;
    throw error;
  }
}

/** Notices of the tokens in [fromBlock, target], in the order of the chain. */
export async function readTokenNotices(rpc: JsonRpc, query: NoticeQuery): Promise<TokenNotice[]> {
  const notices: TokenNotice[] = [];
  for (const token of query.tokens) {
    let next: string | undefined;
    for (let page = 0; page === 0 || next !== undefined; page += 1) {
      if (page >= PAGES_MAX) throw new RpcFault('bad_reply', `starknet_getEvents: more than ${PAGES_MAX} pages`);
      const { events, continuation_token: following } = await readPage(rpc, { ...query, token }, next);
      for (const { from_address, keys, block_number: blockNumber, transaction_hash: txHash } of events) {
        const kind = KINDS.get(keys[0] ?? '');
        if (kind === undefined || from_address !== token) continue;
        const address = kind === 'blocked' || kind === 'unblocked' ? (keys[1] ?? null) : null;
        const position = notices.filter((other) => other.txHash === txHash).length;
        notices.push({ token, txHash, position, blockNumber, kind, address });
      }
      next = following === null || following === '' || following === next ? undefined : following;
    }
  }
  return notices;
}

async function readPage(
  rpc: JsonRpc,
  { fromBlock, target, token }: Pick<NoticeQuery, 'fromBlock' | 'target'> & { readonly token: string },
  continuationToken: string | undefined,
): Promise<z.output<typeof pageSchema>> {
  const method = 'starknet_getEvents';
  const filter = {
    from_block: { block_number: fromBlock },
    to_block: { block_hash: toWire(target.hash) },
    address: toWire(token),
    keys: [[...KINDS.keys()].map(toWire)],
    chunk_size: CHUNK_SIZE,
    ...(continuationToken === undefined ? {} : { continuation_token: continuationToken }),
  };
  return parseResult(method, pageSchema, await rpc.call(method, { filter }));
}
