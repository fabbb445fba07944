/** Reads the class of a Starknet token, and its notices: pauses and blocked addresses. */
import { hash } from 'starknet';
import type { NoticeQuery, TokenNotice } from '../rpc/source.ts';
import { parseResult, type JsonRpc } from '../rpc/json-rpc.ts';
import { RpcFault } from '../rpc/fault.ts';
import { feltSchema, toFelt, toWire } from './decode.ts';
import type { EventPages, EventRow } from './event-pages.ts';

const CONTRACT_NOT_FOUND = 20;
const selector = (name: string): string => toFelt(hash.getSelectorFromName(name));
/** Events of Circle's FiatToken (circlefin/stablecoin-starknet); the first two are also OpenZeppelin's Pausable. */
const KINDS: ReadonlyMap<string, TokenNotice['kind']> = new Map([
  [selector('Paused'), 'paused'],
  [selector('Unpaused'), 'unpaused'],
  [selector('Blocklisted'), 'blocked'],
  [selector('Unblocklisted'), 'unblocked'],
]);

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

/** Notices of the tokens in [fromBlock, target], in the order of the chain. @throws RpcFault. */
export async function readTokenNotices(pages: EventPages, query: NoticeQuery): Promise<TokenNotice[]> {
  const { fromBlock, target, tokens } = query;
  const range = { fromBlock, toBlock: target.number, target, callClass: 'backfill' } as const;
  const keys = [[...KINDS.keys()].map(toWire)];
  const notices: TokenNotice[] = [];
  for (const token of tokens) {
    const isWanted = (row: EventRow): boolean => KINDS.has(row.keys[0] ?? '');
    for (const row of await pages.rows({ contract: token, keys, isWanted }, range)) {
      const { block_number: blockNumber, transaction_hash: txHash } = row;
      const kind = KINDS.get(row.keys[0] ?? '');
      if (kind === undefined) continue;
      const address = kind === 'blocked' || kind === 'unblocked' ? (row.keys[1] ?? null) : null;
      const position = notices.filter((other) => other.txHash === txHash).length;
      notices.push({ token, txHash, position, blockNumber, kind, address });
    }
  }
  return notices;
}
