/** Wallets of EVM chains, which announce themselves by EIP-6963. */
import { createStore, type EIP6963ProviderDetail } from 'mipd';
import { createWalletClient, custom, erc20Abi, getAddress, isAddress, type Address } from 'viem';
import type { Challenge, Payment, Wallet } from './wallet';

/** @param onChange is told all of them each time that one more is there @returns stops following */
export function watch(onChange: (wallets: readonly Wallet[]) => void): () => void {
  const store = createStore();
  onChange(store.getProviders().map(walletOf));
  const stop = store.subscribe((details) => onChange(details.map(walletOf)));
  return () => {
    stop();
    store.destroy();
  };
}

function addressOf(text: string): Address {
  if (!isAddress(text, { strict: false })) throw new Error(`${text} is no address of an EVM chain`);
  return getAddress(text);
}

function walletOf({ info, provider }: EIP6963ProviderDetail): Wallet {
  const client = createWalletClient({ transport: custom(provider, { retryCount: 0 }) });
  return {
    id: `eip155:${info.uuid}`,
    name: info.name,
    family: 'eip155',
    icon: info.icon,
    connect: async () => [...(await client.requestAddresses())],
    sign: async (account: string, message: Challenge) => {
      if (typeof message !== 'string') throw new Error('this challenge is not for an EVM wallet');
      return client.signMessage({ account: addressOf(account), message });
    },
    pay: async (account: string, { chain, token, to, units }: Payment) => {
      const id = Number.parseInt(chain.split(':')[1] ?? '', 10);
      if ((await client.getChainId()) !== id) await client.switchChain({ id });
      return client.writeContract({
        account: addressOf(account),
        address: addressOf(token),
        abi: erc20Abi,
        functionName: 'transfer',
        args: [addressOf(to), units],
        // The wallet is on it by now; there is no node here that could say more about it.
        chain: null,
      });
    },
  };
}
