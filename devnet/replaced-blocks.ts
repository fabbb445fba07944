/** Reorgs a development chain and reports the change block by block. */
import { z } from 'zod';
import type { DevChain } from './dev-chain.ts';
import { callRpc } from './json-rpc.ts';

const evmBlock = z.object({ hash: z.string(), transactions: z.array(z.string()) });
const starknetBlock = z.object({ block_hash: z.string(), transactions: z.array(z.string()) });

interface SeenBlock {
  readonly number: number;
  readonly hash: string;
  readonly transactions: readonly string[];
}

export const replacedSchema = z.object({
  caip2: z.string(),
  head: z.int(),
  blocks: z.array(z.object({ number: z.int(), before: z.string(), after: z.string(), gone: z.array(z.string()) })),
});
/** Blocks, oldest first: the hash before and after, and the transactions that left. */
export type Replaced = z.infer<typeof replacedSchema>;

/**
 * Replaces the newest `depth` blocks by empty ones and reports the change.
 * @param firstBlock the oldest block that may be replaced: the blocks below hold the token.
 * @throws when the chain has no such block. Where it has fewer than `depth`, all of them are replaced.
 */
export async function replaceBlocks(chain: DevChain, depth: number, firstBlock: number): Promise<Replaced> {
  const head = await chain.head();
  if (head < firstBlock) throw new Error(`${chain.caip2} has no block yet that may be replaced`);
  const first = Math.max(firstBlock, head - depth + 1);
  const before = await readBlocks(chain, first, head);
  // Counted again, since a timer may have mined blocks, and exactly the reported blocks must be replaced.
  await chain.reorg((await chain.head()) - first + 1);
  const after = new Map((await readBlocks(chain, first, head)).map((block) => [block.number, block]));
  const blocks = before.map(({ number, hash, transactions }) => {
    const now = after.get(number);
    const gone = transactions.filter((transaction) => now?.transactions.includes(transaction) !== true);
    return { number, before: hash, after: now?.hash ?? 'none', gone };
  });
  return { caip2: chain.caip2, head: await chain.head(), blocks };
}

async function readBlocks(chain: DevChain, from: number, to: number): Promise<SeenBlock[]> {
  const blocks: SeenBlock[] = [];
  for (let number = from; number <= to; number += 1) {
    if (chain.caip2.startsWith('eip155:')) {
      const block = evmBlock.parse(
        await callRpc(chain.rpcUrl, 'eth_getBlockByNumber', [`0x${number.toString(16)}`, false]),
      );
      blocks.push({ number, ...block });
    } else {
      const asked = { block_id: { block_number: number } };
      const block = starknetBlock.parse(await callRpc(chain.rpcUrl, 'starknet_getBlockWithTxHashes', asked));
      blocks.push({ number, hash: block.block_hash, transactions: block.transactions });
    }
  }
  return blocks;
}
