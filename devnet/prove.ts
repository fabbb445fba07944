import { parseArgs } from 'node:util';
import { z } from 'zod';
import { findCount } from '../src/core/integers.ts';
import { challengeView } from '../src/http/treasury/ownership-schemas.ts';
import { findChain, runCommand, UsageError } from './command.ts';
import { signAsDevAccount } from './proof-signer.ts';
import { readWorldFile, type WorldFile } from './world-files.ts';

const USAGE = `usage: npm run devnet:prove -- --chain <chain> --account <account> --url <url> --key <API key> [--org <id>] [--claim <transaction>]
  --chain    evm, starknet, or the CAIP-2 name of a running chain
  --account  an account of the devnet: its address, or its index
  --url      where Coffer listens: http://127.0.0.1:8080
  --key      an API key with the scope treasury:admin or treasury:spend
  --org      the org, where the key is not bound to one
  --claim    claims what this transaction of the account sent, in place of registering the account`;
const CALL_TIMEOUT_MS = 30_000;

const optionsSchema = z.object({
  chain: z.string(),
  account: z.string(),
  url: z.url(),
  key: z.string(),
  org: z.string().optional(),
  claim: z.string().optional(),
});
type Options = z.infer<typeof optionsSchema>;

function parseOptions(args: string[]): Options {
  const text = { type: 'string' } as const;
  try {
    const options = { chain: text, account: text, url: text, key: text, org: text, claim: text };
    return optionsSchema.parse(parseArgs({ args, options }).values);
  } catch (error) {
    const missing = error instanceof z.ZodError ? error.issues.map(({ path }) => `--${path.join('.')}`).join(', ') : '';
    throw new UsageError(missing === '' ? String(error) : `${missing}: missing or invalid`);
  }
}

function findAccount(
  world: WorldFile,
  { chain: name, account }: Options,
): WorldFile['chains'][number] & { address: string } {
  const chain = findChain(world, name);
  const index = findCount(account);
  const address = index === undefined ? account : chain.accounts[index];
  if (address === undefined) throw new UsageError(`--account ${account} is not an account of ${chain.caip2}`);
  return { ...chain, address };
}

/** Calls Coffer. @throws with Coffer's error message when it refuses. */
async function callCoffer({ url, key, org }: Options, path: string, body: object): Promise<unknown> {
  const response = await fetch(new URL(path, url), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      ...(org === undefined ? {} : { 'coffer-org': org }),
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

/** `npm run devnet:prove`: proves to Coffer that an org owns an account of the running devnet, or claims what it sent. */
async function prove(args: string[]): Promise<void> {
  const options = parseOptions(args);
  const { address, caip2: chain, rpcUrl } = findAccount(await readWorldFile(), options);
  const { claim: txHash } = options;
  const about = txHash === undefined ? { purpose: 'register' } : { purpose: 'claim', txHash };
  const challenge = challengeView.parse(
    await callCoffer(options, '/treasury/sender-challenge', { ...about, address, chain }),
  );
  console.log('message to sign:', challenge.message);
  const signature = await signAsDevAccount({ caip2: chain, rpcUrl }, address, challenge.message);
  console.log('signed:', signature);
  const proof = { message: challenge.message, signature };
  const answer =
    txHash === undefined
      ? await callCoffer(options, '/treasury/register-sender', { address, chain, proof })
      : await callCoffer(options, '/treasury/deposits/claim', { txHash, chain, proof });
  console.log('Coffer answers:', answer);
}

process.exitCode = await runCommand(USAGE, async () => prove(process.argv.slice(2)));
