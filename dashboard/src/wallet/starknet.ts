/** Wallets of Starknet: those of the wallet standard, and older ones that put themselves into the window. */
import type { RequestFn, TypedData } from '@starknet-io/types-js';
import { getWallets } from '@wallet-standard/app';
import type { Wallet as Standard } from '@wallet-standard/base';
import type { Challenge, Payment, Wallet } from './wallet';

/** The feature of the wallet standard that speaks Starknet's wallet API. */
const FEATURE = 'starknet:walletApi';
const WORD = 1n << 128n;

interface Api {
  readonly id: string;
  readonly name: string;
  readonly icon: string | undefined;
  readonly request: RequestFn;
}

/** @param onChange is told all of them each time that one more is there @returns stops following */
export function watch(onChange: (wallets: readonly Wallet[]) => void): () => void {
  const standard = getWallets();
  const tell = (): void => {
    const all = [...standard.get().flatMap(apiOf), ...injected()];
    onChange([...new Map(all.map((one) => [one.name, one])).values()].map(walletOf));
  };
  tell();
  const stops = [standard.on('register', tell), standard.on('unregister', tell)];
  return () => {
    for (const stop of stops) stop();
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isRequest(value: unknown): value is RequestFn {
  return typeof value === 'function';
}

function apiOf(wallet: Standard): Api[] {
  const feature: unknown = wallet.features[FEATURE as keyof typeof wallet.features];
  if (!isRecord(feature) || !isRequest(feature['request'])) return [];
  // Bound, since wallets may make it a method.
  const request: RequestFn = feature['request'].bind(feature) as RequestFn;
  return [{ id: wallet.name, name: wallet.name, icon: wallet.icon, request }];
}

/** `window.starknet_<id>`, as wallets did before the wallet standard. */
function injected(): Api[] {
  return Object.keys(window)
    .filter((key) => key.startsWith('starknet_'))
    .flatMap((key) => {
      const found: unknown = Reflect.get(window, key);
      if (!isRecord(found) || !isRequest(found['request'])) return [];
      const text = (name: string): string | undefined => (typeof found[name] === 'string' ? found[name] : undefined);
      const request: RequestFn = found['request'].bind(found) as RequestFn;
      return [{ id: text('id') ?? key, name: text('name') ?? key, icon: text('icon'), request }];
    });
}

function walletOf({ id, name, icon, request }: Api): Wallet {
  return {
    id: `starknet:${id}`,
    name,
    family: 'starknet',
    icon: icon?.startsWith('data:') === true ? icon : undefined,
    connect: async () => [...(await request({ type: 'wallet_requestAccounts', params: {} }))],
    sign: async (_, message: Challenge) => {
      if (typeof message === 'string') throw new Error('this challenge is not for a Starknet wallet');
      const felts = await request({ type: 'wallet_signTypedData', params: message as unknown as TypedData });
      return [...felts];
    },
    pay: async (_, { chain, token, to, units }: Payment) => {
      await onNetwork(request, chain);
      const calldata = [to, units % WORD, units / WORD].map((one) =>
        typeof one === 'string' ? one : `0x${one.toString(16)}`,
      );
      const { transaction_hash: hash } = await request({
        type: 'wallet_addInvokeTransaction',
        params: { calls: [{ contract_address: token, entry_point: 'transfer', calldata }] },
      });
      return hash;
    },
  };
}

/** A wallet names its network by the letters of its name as a number: `SN_MAIN` is 0x534e5f4d41494e. */
async function onNetwork(request: RequestFn, chain: string): Promise<void> {
  const name = chain.split(':')[1] ?? '';
  const wanted = `0x${[...new TextEncoder().encode(name)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  const present = await request({ type: 'wallet_requestChainId' });
  if (BigInt(present) !== BigInt(wanted))
    await request({ type: 'wallet_switchStarknetChain', params: { chainId: wanted } });
}
