import { parseArgs } from 'node:util';
import { z } from 'zod';
import { findCount } from '../src/core/integers.ts';
import { challengeView } from '../src/http/treasury/ownership-schemas.ts';
import { signAsDevAccount } from './proof-signer.ts';
import { readWorldFile, type WorldFile } from './world-files.ts';

const USAGE =
  'usage: npm run devnet:prove -- --chain evm|starknet|<caip2> --account <address or index> --url <of Coffer> --key <API key> [--org <id>] [--claim <transaction>]';
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

/** Fails with the usage line. */
class UsageError extends Error {}

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
  const prefix = { evm: 'eip155:', starknet: 'starknet:' }[name] ?? name;
  const chain = world.chains.find(({ caip2 }) => caip2.startsWith(prefix));
  if (!chain) throw new UsageError(`--chain ${name} is not a running chain`);
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
async function main(args: string[]): Promise<number> {
  try {
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
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    if (error instanceof UsageError) console.error(USAGE);
    return error instanceof UsageError ? 2 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
