import { parseArgs } from 'node:util';
import { findCount } from '../src/core/integers.ts';
import { findChain, runCommand, UsageError } from './command.ts';
import { REORG_DEPTH_MAX, requestReorg } from './control-server.ts';
import type { Replaced } from './replaced-blocks.ts';
import { readWorldFile } from './world-files.ts';

const USAGE = 'usage: npm run devnet:reorg -- --depth 5 [--chain evm|starknet|<caip2>]';

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
  for (const { caip2 } of chains) tell(await requestReorg(world.controlUrl, { caip2, depth }));
  console.log('what to look at now:');
  console.log('  the detector says chain.rewound, and deposit.orphaned for each transfer that is gone');
  console.log('  GET /treasury/deposits: a pending deposit is orphaned, a credited one is reversed');
  console.log('  GET /treasury/ledger: the reversal is an entry of its own, DEPOSIT_REVERSAL');
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
