import { parseArgs } from 'node:util';
import { findCount } from '../src/core/integers.ts';
import { findChain, runCommand, UsageError } from './command.ts';
import { REORG_DEPTH_MAX, requestReorg } from './control-server.ts';
import type { Replaced } from './replaced-blocks.ts';
import { callRpc } from './json-rpc.ts';
import { readWorldFile, type WorldFile } from './world-files.ts';

const USAGE = `usage: npm run devnet:reorg -- --depth <blocks> [--chain <chain>]
  --depth  how many of the newest blocks are replaced, up to ${REORG_DEPTH_MAX}
  --chain  evm, starknet, or the CAIP-2 name of a running chain; all of them if it is left out`;

/** Replaced blocks from which on Coffer freezes a chain, by its defaults. */
const EVM_REORG_BLOCKS_MAX = 96;
const STARKNET_REORG_BLOCKS_MAX = 256;

/** `npm run devnet:reorg`: the newest blocks of the running devnet are replaced by empty ones, on one chain or all. */
async function reorg(args: string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { depth: text, chain: text } });
  const depth = findCount(values.depth ?? '');
  if (depth === undefined || depth === 0 || depth > REORG_DEPTH_MAX) {
    throw new UsageError(`--depth needs a number of blocks from 1 to ${REORG_DEPTH_MAX}`);
  }
  const world = await readWorldFile();
  const chains = values.chain === undefined ? world.chains : [findChain(world, values.chain)];
  for (const chain of chains) {
    const finalBlock = await findFinalBlock(chain);
    const replaced = await requestReorg(world.controlUrl, { caip2: chain.caip2, depth });
    tell(replaced);
    if (replaced.blocks.length < depth) console.log('  these are all blocks since the devnet started');
    tellOfFreeze(replaced, finalBlock);
  }
  console.log('what to look at now:');
  console.log('  the detector says chain.rewound, and deposit.orphaned for each transfer that is gone');
  console.log('  GET /treasury/deposits: a pending deposit is orphaned, a credited one is reversed');
  console.log('  GET /treasury/ledger: the reversal is an entry of its own, DEPOSIT_REVERSAL');
}

/** The block up to which the node called its chain final; undefined where it names none. */
async function findFinalBlock({ caip2, rpcUrl }: WorldFile['chains'][number]): Promise<number | undefined> {
  const isEvm = caip2.startsWith('eip155:');
  const call = isEvm
    ? callRpc(rpcUrl, 'eth_getBlockByNumber', ['finalized', false])
    : callRpc(rpcUrl, 'starknet_getBlockWithTxHashes', { block_id: 'l1_accepted' });
  const block: unknown = await call.catch(() => undefined);
  if (typeof block !== 'object' || block === null) return undefined;
  const number: unknown = isEvm && 'number' in block ? block.number : 'block_number' in block ? block.block_number : '';
  return typeof number === 'string' || typeof number === 'number' ? findCount(number) : undefined;
}

function tellOfFreeze({ caip2, head, blocks }: Replaced, finalBlock: number | undefined): void {
  const first = blocks[0]?.number ?? head;
  const usual = caip2.startsWith('eip155:') ? EVM_REORG_BLOCKS_MAX : STARKNET_REORG_BLOCKS_MAX;
  if (finalBlock !== undefined && first <= finalBlock) {
    console.log(`  blocks up to ${finalBlock} were final: a Coffer that has read them freezes ${caip2}`);
  } else if (blocks.length > usual) {
    console.log(`  more than ${usual} blocks were replaced: a Coffer that has read them freezes ${caip2}`);
  } else {
    return;
  }
  console.log('  nothing is credited or reversed there until you lift the freeze:');
  console.log(`    bin/coffer.mjs chain status; bin/coffer.mjs chain release ${caip2} --yes`);
}

function tell({ caip2, head, blocks }: Replaced): void {
  const [first, last] = [blocks[0]?.number ?? head, blocks.at(-1)?.number ?? head];
  console.log(`${caip2}: replaced blocks ${first} to ${last}, the head is ${head}`);
  for (const { number, before, after, gone } of blocks) {
    const same = before === after && gone.length > 0 ? ' (other contents under the same hash)' : '';
    console.log(`  ${number}  ${shorten(before)} -> ${shorten(after)}${same}`);
    for (const transaction of gone) console.log(`      gone: transaction ${transaction}`);
  }
}

function shorten(hash: string): string {
  return hash.slice(0, 14);
}

process.exitCode = await runCommand(USAGE, async () => reorg(process.argv.slice(2)));
