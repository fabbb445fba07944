/** What tests of proofs share: requesting and answering challenges over HTTP, and deposits that found no org. */
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import type { z } from 'zod';
import { depositId } from '../../../src/core/ids.ts';
import type { Database } from '../../../src/db/database.ts';
import { challengeView } from '../../../src/http/treasury/ownership-schemas.ts';
import type { Answer, TestApi } from '../http/api.ts';

export type Challenge = z.output<typeof challengeView>;

/** A private key and its signatures. */
export interface Signer {
  /** In lower case. */
  readonly address: string;
  readonly sign: (message: Challenge['message']) => Promise<`0x${string}`>;
}

/** An EVM account that nothing else uses. */
export function newSigner(): Signer {
  const account = privateKeyToAccount(generatePrivateKey());
  return {
    address: account.address.toLowerCase(),
    sign: async (message) => account.signMessage({ message: text(message) }),
  };
}

/** The message as EVM wallets sign it, as text. */
export function text(message: Challenge['message']): string {
  if (typeof message !== 'string') throw new TypeError('a text was expected');
  return message;
}

/** Requests a challenge: what to sign, as the API gives it. */
export async function ask(api: TestApi, key: string, body: object): Promise<Challenge> {
  const { status, json, text: printed } = await api.call('POST', '/treasury/sender-challenge', { key, body });
  if (status !== 200) throw new Error(`no challenge: ${printed}`);
  return challengeView.parse(json);
}

/** Requests a challenge and signs it. */
export async function prove(
  api: TestApi,
  key: string,
  body: object,
  signer: Pick<Signer, 'sign'>,
): Promise<{ readonly message: Challenge['message']; readonly signature: string }> {
  const { message } = await ask(api, key, body);
  return { message, signature: await signer.sign(message) };
}

/** Registers an address with a proof. */
export async function registerProven(api: TestApi, key: string, signer: Signer, chain?: string): Promise<Answer> {
  const about = { address: signer.address, ...(chain === undefined ? {} : { chain }) };
  const proof = await prove(api, key, { purpose: 'register', ...about }, signer);
  return api.call('POST', '/treasury/register-sender', { key, body: { ...about, proof } });
}

let made = 0;

/** A transaction hash that no other test of the process uses. */
export function newTxHash(): string {
  made += 1;
  return `0x${made.toString(16).padStart(64, 'f')}`;
}

export interface SeenDeposit {
  readonly chain: string;
  readonly from: string;
  readonly txHash?: string;
  readonly ordinal?: number;
  readonly state?: string;
  readonly org?: string;
  readonly token?: string;
  readonly to?: string;
}

/** Writes a deposit as the detector leaves it; unmatched by default. */
export async function storeDeposit(
  db: Database,
  seen: SeenDeposit,
): Promise<{ readonly id: string; readonly txHash: string }> {
  const { chain, from, txHash = newTxHash(), ordinal = 0, state = 'unmatched', org = null } = seen;
  const { token = `0x${'5dc'.padStart(40, '0')}`, to = `0x${'c'.repeat(40)}` } = seen;
  const id = depositId({ chain, token, txHash, ordinal });
  const at = new Date();
  await db.raw(
    `INSERT INTO deposit (id, chain, token, tx_hash, ordinal, from_address, to_address, amount, block_number,
       block_hash, block_time, state, reason, org, observed_at, updated_at)
     VALUES (:id, :chain, :token, :txHash, :ordinal, :from, :to, 5000000, 7, :blockHash, :at, :state, :reason, :org, :at, :at)`,
    {
      id,
      chain,
      token,
      txHash,
      ordinal,
      from,
      to,
      state,
      org,
      at,
      blockHash: `0x${'b'.repeat(64)}`,
      reason: state === 'unmatched' ? 'unknown_sender' : null,
    },
  );
  return { id, txHash };
}
