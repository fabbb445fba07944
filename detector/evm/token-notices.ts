/** Reads the code of an EVM token and of the implementation behind it, and its notices: pauses and blocked addresses. */
import { keccak256, toEventSelector } from 'viem';
import { toCount } from '../../src/core/integers.ts';
import type { NoticeQuery, TokenNotice } from '../rpc/source.ts';
import { parseResult, type JsonRpc } from '../rpc/json-rpc.ts';
import { RpcFault } from '../rpc/fault.ts';
import { addressOfTopic, hexSchema } from './decode.ts';
import type { EvmLogs } from './logs.ts';

/**
 * The storage slots in which proxies keep the address of their code: EIP-1967 ("eip1967.proxy.implementation"), and the older
 * keccak256("org.zeppelinos.proxy.implementation") of Circle's FiatTokenProxy.
 */
const IMPLEMENTATION_SLOTS = [
  '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc',
  '0x7050c9e0f4ca769c69bd3a8ef740bc37934f8e2c036e5a723fd8ee048ed3f8c3',
] as const;

/** Events of Circle's FiatToken (v1 to v2.2), and of OpenZeppelin's Pausable. */
const KINDS: ReadonlyMap<string, TokenNotice['kind']> = new Map([
  [toEventSelector('Pause()'), 'paused'],
  [toEventSelector('Unpause()'), 'unpaused'],
  [toEventSelector('Paused(address)'), 'paused'],
  [toEventSelector('Unpaused(address)'), 'unpaused'],
  [toEventSelector('Blacklisted(address)'), 'blocked'],
  [toEventSelector('UnBlacklisted(address)'), 'unblocked'],
]);

/** Hash of the code and the content of the proxy slots, at a block; undefined where there is no contract. */
export async function readTokenCode(rpc: JsonRpc, token: string, blockHash: string): Promise<string | undefined> {
  const read = async (method: string, ...params: unknown[]): Promise<`0x${string}`> =>
    parseResult(method, hexSchema, await rpc.call(method, [token, ...params, { blockHash }]));
  const code = await read('eth_getCode');
  if (code === '0x') return undefined;
  const slots: string[] = [];
  for (const slot of IMPLEMENTATION_SLOTS) slots.push(BigInt(await read('eth_getStorageAt', slot)).toString(16));
  return [keccak256(code), ...slots].join(':');
}

/** Notices of the tokens in [fromBlock, target], in the order of the chain. @throws RpcFault. */
export async function readTokenNotices(logs: EvmLogs, query: NoticeQuery): Promise<TokenNotice[]> {
  const { fromBlock, target, tokens } = query;
  const filter = { address: tokens, topics: [[...KINDS.keys()]] };
  const older = await logs.below(filter, query, 'backfill');
  const newest = await logs.ofBlock(filter, target.hash, 'backfill');
  return [...older, ...newest].flatMap((log): TokenNotice[] => {
    const [topic = '', subject] = log.topics;
    const kind = KINDS.get(topic);
    const blockNumber = toCount(log.blockNumber);
    if (kind === undefined || !tokens.includes(log.address) || log.removed === true) return [];
    if (blockNumber < fromBlock || blockNumber > target.number) {
      throw new RpcFault('bad_reply', 'eth_getLogs: a log from outside the range');
    }
    const address = kind === 'blocked' || kind === 'unblocked' ? addressOfTopic(subject) : null;
    const position = toCount(log.logIndex);
    return [{ token: log.address, txHash: log.transactionHash, position, blockNumber, kind, address }];
  });
}
