/** Signs as an account of a development chain, whose private keys are public. */
import { mnemonicToAccount } from 'viem/accounts';
import { Account, RpcProvider, stark } from 'starknet';
import { z } from 'zod';
import type { ProofMessage } from '../src/core/senders/ownership-proof.ts';
import { ANVIL_MNEMONIC } from './anvil.ts';
import { callRpc } from './json-rpc.ts';

/** How many accounts of the mnemonic are searched. */
const ACCOUNTS_MAX = 256;
/** Long, since the node reads the balance of each of its accounts for the answer. */
const ACCOUNTS_TIMEOUT_MS = 60_000;

const accountsSchema = z.array(z.object({ address: z.string(), private_key: z.string() }));
/** Cached by node: the answer takes seconds and is always the same. */
const accountsByNode = new Map<string, Promise<z.infer<typeof accountsSchema>>>();

/**
 * Signs as a wallet of that account does: hex on anvil, felts on starknet-devnet.
 * @throws when the node does not have the account, or has no keys (the simulated one).
 */
export async function signAsDevAccount(
  chain: { readonly caip2: string; readonly rpcUrl: string },
  address: string,
  message: ProofMessage,
): Promise<string | string[]> {
  if (typeof message === 'string') return signText(address, message);
  return signTyped(await openDevAccount(chain, address), message);
}

/** A predeployed account of starknet-devnet. @throws when the node does not have it, or has no keys. */
export async function openDevAccount(
  chain: { readonly caip2: string; readonly rpcUrl: string },
  address: string,
): Promise<Account> {
  const listing = accountsByNode.get(chain.rpcUrl) ?? listAccounts(chain.rpcUrl);
  accountsByNode.set(chain.rpcUrl, listing);
  const listed = await listing;
  const account = listed.find((one) => BigInt(one.address) === BigInt(address));
  if (!account) throw new Error(`${address} is not an account of ${chain.caip2}`);
  const provider = new RpcProvider({ nodeUrl: chain.rpcUrl });
  return new Account({ provider, address: account.address, signer: account.private_key, cairoVersion: '1' });
}

async function listAccounts(rpcUrl: string): Promise<z.infer<typeof accountsSchema>> {
  return accountsSchema.parse(await callRpc(rpcUrl, 'devnet_getPredeployedAccounts', {}, ACCOUNTS_TIMEOUT_MS));
}

/** SNIP-12 signature as a list of felts. */
export async function signTyped(signer: Account, message: ProofMessage): Promise<string[]> {
  if (typeof message === 'string') throw new TypeError('the message is not typed data');
  // The library's types need mutable arrays.
  const typed = structuredClone(message) as Parameters<Account['signMessage']>[0];
  return stark.formatSignature(await signer.signMessage(typed));
}

async function signText(address: string, message: string): Promise<string> {
  for (let addressIndex = 0; addressIndex < ACCOUNTS_MAX; addressIndex += 1) {
    const account = mnemonicToAccount(ANVIL_MNEMONIC, { addressIndex });
    if (account.address.toLowerCase() === address.toLowerCase()) return account.signMessage({ message });
  }
  throw new Error(`${address} is not among the first ${ACCOUNTS_MAX} accounts of anvil`);
}
