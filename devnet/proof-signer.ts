/** Signing as an account of a development chain, whose keys everybody knows. */
import { mnemonicToAccount } from 'viem/accounts';
import { Account, RpcProvider, stark } from 'starknet';
import { z } from 'zod';
import type { ProofMessage } from '../src/core/senders/ownership-proof.ts';
import { ANVIL_MNEMONIC } from './anvil.ts';
import { callRpc } from './json-rpc.ts';

/** Accounts of the mnemonic that are looked through. */
const ACCOUNTS_MAX = 256;
/** The node reads the balance of each of its accounts for the answer. */
const ACCOUNTS_TIMEOUT_MS = 60_000;

const accountsSchema = z.array(z.object({ address: z.string(), private_key: z.string() }));
/** By node: the answer takes it seconds, and is always the same. */
const accountsByNode = new Map<string, Promise<z.infer<typeof accountsSchema>>>();

/**
 * What a wallet of that account would answer: hex on anvil, felts on starknet-devnet.
 * @throws when the account is none of that node, or the node has no keys (the simulated one).
 */
export async function signAsDevAccount(
  chain: { readonly caip2: string; readonly rpcUrl: string },
  address: string,
  message: ProofMessage,
): Promise<string | string[]> {
  if (typeof message === 'string') return signText(address, message);
  return signTyped(await openDevAccount(chain, address), message);
}

/** A predeployed account of starknet-devnet. @throws when it is none of that node, or the node has no keys. */
export async function openDevAccount(
  chain: { readonly caip2: string; readonly rpcUrl: string },
  address: string,
): Promise<Account> {
  const listing = accountsByNode.get(chain.rpcUrl) ?? listAccounts(chain.rpcUrl);
  accountsByNode.set(chain.rpcUrl, listing);
  const listed = await listing;
  const account = listed.find((one) => BigInt(one.address) === BigInt(address));
  if (!account) throw new Error(`${address} is no account of ${chain.caip2}`);
  const provider = new RpcProvider({ nodeUrl: chain.rpcUrl });
  return new Account({ provider, address: account.address, signer: account.private_key, cairoVersion: '1' });
}

async function listAccounts(rpcUrl: string): Promise<z.infer<typeof accountsSchema>> {
  return accountsSchema.parse(await callRpc(rpcUrl, 'devnet_getPredeployedAccounts', {}, ACCOUNTS_TIMEOUT_MS));
}

/** SNIP-12 signature as a list of felts. */
export async function signTyped(signer: Account, message: ProofMessage): Promise<string[]> {
  if (typeof message === 'string') throw new TypeError('typed data was expected');
  // The library wants arrays that it could change.
  const typed = structuredClone(message) as Parameters<Account['signMessage']>[0];
  return stark.formatSignature(await signer.signMessage(typed));
}

async function signText(address: string, message: string): Promise<string> {
  for (let addressIndex = 0; addressIndex < ACCOUNTS_MAX; addressIndex += 1) {
    const account = mnemonicToAccount(ANVIL_MNEMONIC, { addressIndex });
    if (account.address.toLowerCase() === address.toLowerCase()) return account.signMessage({ message });
  }
  throw new Error(`${address} is none of the first ${ACCOUNTS_MAX} accounts of anvil`);
}
