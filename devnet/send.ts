import { parseArgs } from 'node:util';
import { findCount } from '../src/core/integers.ts';
import { findChain, runCommand, UsageError } from './command.ts';
import { requestSend } from './control-server.ts';
import { readWorldFile, type WorldFile } from './world-files.ts';

const USAGE = `usage: npm run devnet:send -- --chain <chain> --from <account> --amount <dollars> [--to <address>]
  --chain   evm, starknet, or the CAIP-2 name of a running chain
  --from    an account of the devnet: its address, or its index
  --amount  in dollars, with up to six decimals: 12.50
  --to      who gets it; the credits address if it is left out`;
const MICROS_PER_USD = 1_000_000n;

type Chain = WorldFile['chains'][number];

function getAccount(chain: Chain, text: string): string {
  if (/^0x/i.test(text)) return getAddress(chain, '--from', text);
  const index = findCount(text);
  const account = index === undefined ? undefined : chain.accounts[index];
  if (account === undefined) {
    throw new UsageError(`--from ${text} is neither an address nor an index from 0 to ${chain.accounts.length - 1}`);
  }
  return account;
}

/** Accepts any padding and case; gives the canonical form. */
function getAddress(chain: Chain, option: string, text: string): string {
  const isEvm = chain.caip2.startsWith('eip155:');
  const isAddress = isEvm ? /^0x[0-9a-f]{40}$/i.test(text) : /^0x[0-9a-f]{1,64}$/i.test(text);
  if (!isAddress) throw new UsageError(`${option} ${text} is not an address of ${chain.caip2}`);
  return isEvm ? text.toLowerCase() : `0x${text.slice(2).toLowerCase().padStart(64, '0')}`;
}

function parseAmount(text: string): bigint {
  const match = /^([0-9]{1,9})(?:\.([0-9]{1,6}))?$/.exec(text);
  const [, whole, fraction = ''] = match ?? [];
  if (whole === undefined) throw new UsageError(`--amount ${text} is not a dollar amount with up to six decimals`);
  return BigInt(whole) * MICROS_PER_USD + BigInt(fraction.padEnd(6, '0'));
}

function parseOptions(args: string[]): { chain: string; from: string; amount: string; to?: string | undefined } {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { chain: text, from: text, amount: text, to: text } });
  const { chain, from, amount, to } = values;
  if (chain === undefined) throw new UsageError('--chain is missing');
  if (from === undefined) throw new UsageError('--from is missing');
  if (amount === undefined) throw new UsageError('--amount is missing');
  return { chain, from, amount, to };
}

/** `npm run devnet:send`: one transfer of test USDC on the running devnet. */
async function send(args: string[]): Promise<void> {
  const options = parseOptions(args);
  const amountMicros = parseAmount(options.amount);
  const world = await readWorldFile();
  const chain = findChain(world, options.chain);
  const from = getAccount(chain, options.from);
  const to = options.to === undefined ? chain.creditsAddress : getAddress(chain, '--to', options.to);
  const sent = await requestSend(world.controlUrl, { caip2: chain.caip2, from, to, amountMicros: `${amountMicros}` });
  console.log(`sent ${options.amount} USDC on ${chain.caip2}\n  from ${from}\n  to   ${to}`);
  console.log(`  transaction ${sent.txHash}\n  block ${sent.blockNumber}`);
}

process.exitCode = await runCommand(USAGE, async () => send(process.argv.slice(2)));
