/** `npm run devnet:register`: registers an account of the running devnet as a sender, as a customer of the API would. */
import { parseArgs } from 'node:util';
import { findCount } from '../src/core/integers.ts';
import { findChain, runCommand, UsageError } from './command.ts';
import { readWorldFile } from './world-files.ts';

const URL_DEFAULT = 'http://127.0.0.1:8080';
const USAGE = `usage: npm run devnet:register -- --chain <chain> --from <account> --key <API key> [--url <url>]
  --chain  evm, starknet, or the CAIP-2 name of a running chain
  --from   an account of the devnet: its address, or its index
  --key    an API key of the org, with the scope treasury:admin or treasury:spend
  --url    where Coffer listens; ${URL_DEFAULT} if it is left out`;
const CALL_TIMEOUT_MS = 30_000;

/** `npm run devnet:register`: registers an account of the running devnet as a sender of the key's org. */
async function register(args: string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { chain: text, from: text, key: text, url: text } });
  const { chain: name, from, key, url = URL_DEFAULT } = values;
  if (name === undefined || from === undefined || key === undefined) {
    throw new UsageError('--chain, --from and --key are needed');
  }
  const chain = findChain(await readWorldFile(), name);
  const index = findCount(from);
  const address = index === undefined || from.startsWith('0x') ? from : chain.accounts[index];
  if (address === undefined)
    throw new UsageError(`--from ${from} is above the last account, ${chain.accounts.length - 1}`);
  const response = await fetch(new URL('/treasury/register-sender', url), {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ address, chain: chain.caip2 }),
    signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`the service answered ${response.status}: ${answer}`);
  console.log(`${address} is registered on ${chain.caip2}; the service answered:\n${answer}`);
}

process.exitCode = await runCommand(USAGE, async () => register(process.argv.slice(2)));
