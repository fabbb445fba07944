/** A wallet in the page that is a real one: a provider of EIP-1193, announced by EIP-6963, which signs with a key. */
import type { Page } from 'playwright-core';
import { createPublicClient, createWalletClient, http, isHex, numberToHex, type Hex } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { ANVIL_MNEMONIC } from '../../../devnet/anvil.ts';

export const WALLET_NAME = 'Test Wallet';
/** What the page calls: the method and its parameters as JSON. */
const BINDING = 'cofferTestWallet';

/** Runs in the page. */
const ANNOUNCE = `(() => {
  const provider = { on() {}, removeListener() {}, request: async ({ method, params }) => {
    const { result, error } = JSON.parse(await ${BINDING}(JSON.stringify({ method, params: params ?? [] })));
    if (error) throw Object.assign(new Error(error.message), { code: error.code });
    return result;
  } };
  const icon = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';
  const info = Object.freeze({ uuid: '350670db-19fa-4704-a166-e52e178b59d2', name: '${WALLET_NAME}', icon, rdns: 'org.example.test' });
  const announce = () => dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info, provider }) }));
  addEventListener('eip6963:requestProvider', announce);
  announce();
})();`;

export interface EvmWallet {
  readonly address: string;
  /** The methods that the page asked for. */
  readonly asked: string[];
  /** From now on the person behind the wallet says no. */
  refuse(isRefusing: boolean): void;
}

/**
 * Gives the pages of a context a wallet with one account of anvil. It stands on another network at first, as wallets do.
 * @param rpcUrl of anvil
 */
export async function addEvmWallet(
  page: Page,
  {
    rpcUrl,
    chainId,
    addressIndex,
  }: { readonly rpcUrl: string; readonly chainId: number; readonly addressIndex: number },
): Promise<EvmWallet> {
  const account = mnemonicToAccount(ANVIL_MNEMONIC, { addressIndex });
  const transport = http(rpcUrl);
  const chain = {
    id: chainId,
    name: 'anvil',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  };
  const [wallet, node] = [createWalletClient({ account, chain, transport }), createPublicClient({ chain, transport })];
  const asked: string[] = [];
  let [present, isRefusing] = [1, false];
  const hexOf = (value: unknown): Hex => {
    if (!isHex(value)) throw new TypeError(`not hex: ${String(value)}`);
    return value;
  };
  const answer = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    asked.push(method);
    switch (method) {
      case 'eth_accounts':
      case 'eth_requestAccounts':
        return [account.address];
      case 'eth_chainId':
        return numberToHex(present);
      case 'wallet_switchEthereumChain':
        present = chainId;
        return null;
      case 'personal_sign':
        if (isRefusing) throw Object.assign(new Error('User rejected the request.'), { code: 4001 });
        return account.signMessage({ message: { raw: hexOf(params[0]) } });
      case 'eth_sendTransaction': {
        if (present !== chainId) throw new Error('the wallet is on another network');
        const [asking] = params;
        const { to, data } = asking as { to: unknown; data: unknown };
        const hash = await wallet.sendTransaction({ to: hexOf(to), data: hexOf(data) });
        await node.waitForTransactionReceipt({ hash });
        return hash;
      }
      default:
        throw Object.assign(new Error(`the wallet does not know ${method}`), { code: 4200 });
    }
  };
  await page.exposeFunction(BINDING, async (json: string): Promise<string> => {
    const { method, params } = JSON.parse(json) as { method: string; params: readonly unknown[] };
    try {
      return JSON.stringify({ result: await answer(method, params) });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : -32_603;
      return JSON.stringify({ error: { code, message: error instanceof Error ? error.message : 'failed' } });
    }
  });
  await page.addInitScript({ content: ANNOUNCE });
  return {
    address: account.address,
    asked,
    refuse: (value) => {
      isRefusing = value;
    },
  };
}
