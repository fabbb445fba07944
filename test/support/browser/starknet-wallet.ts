/** A Starknet wallet in the page: one of the wallet standard, which signs with an account of starknet-devnet. */
import { shortString } from 'starknet';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { openDevAccount, signTyped } from '../../../devnet/proof-signer.ts';
import type { StarknetDevnetChain } from '../../../devnet/starknet-token.ts';

export const WALLET_NAME = 'Test Starknet Wallet';
/** What the page calls: the request of Starknet's wallet API as JSON. */
const BINDING = 'cofferStarknetWallet';
const OTHER_NETWORK = 'SN_MAIN';
const REFUSED = 113;
const UNKNOWN = 162;

/** Runs in the page. A wallet announces itself, and again to an app that asks who is there. */
const REGISTER = `(() => {
  const request = async (call) => {
    const { result, error } = JSON.parse(await ${BINDING}(JSON.stringify(call)));
    if (error) throw Object.assign(new Error(error.message), { code: error.code });
    return result;
  };
  const icon = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';
  const features = { 'starknet:walletApi': { version: '1.0.0', id: 'test', request } };
  const wallet = { version: '1.0.0', name: '${WALLET_NAME}', icon, chains: ['starknet:SN_SEPOLIA'], accounts: [], features };
  const register = ({ register: add }) => add(wallet);
  dispatchEvent(new CustomEvent('wallet-standard:register-wallet', { detail: register }));
  addEventListener('wallet-standard:app-ready', ({ detail }) => register(detail));
})();`;

const callSchema = z.object({ type: z.string(), params: z.unknown() });
const switchSchema = z.object({ chainId: z.string() });
const invokeSchema = z.object({
  calls: z.array(
    z.object({ contract_address: z.string(), entry_point: z.string(), calldata: z.array(z.string()).default([]) }),
  ),
});

export interface StarknetWallet {
  readonly address: string;
  /** The kinds of requests that the page made. */
  readonly asked: string[];
  /** From now on the person behind the wallet says no. */
  refuse(isRefusing: boolean): void;
}

/** Gives the pages of a context a wallet with one account of the chain. It is on another network at first, as wallets may be. */
export async function addStarknetWallet(
  page: Page,
  { chain, address }: { readonly chain: StarknetDevnetChain; readonly address: string },
): Promise<StarknetWallet> {
  const account = await openDevAccount(chain, address);
  const own = shortString.encodeShortString(chain.caip2.split(':')[1] ?? '');
  const asked: string[] = [];
  let [present, isRefusing] = [shortString.encodeShortString(OTHER_NETWORK), false];
  const answer = async (type: string, params: unknown): Promise<unknown> => {
    asked.push(type);
    switch (type) {
      case 'wallet_requestAccounts':
        return [address];
      case 'wallet_requestChainId':
        return present;
      case 'wallet_switchStarknetChain':
        present = switchSchema.parse(params).chainId;
        return true;
      case 'wallet_signTypedData':
        if (isRefusing) throw Object.assign(new Error('An error occurred (USER_REFUSED_OP)'), { code: REFUSED });
        return signTyped(account, params as Parameters<typeof signTyped>[1]);
      case 'wallet_addInvokeTransaction': {
        if (BigInt(present) !== BigInt(own)) throw new Error('the wallet is on another network');
        const calls = invokeSchema.parse(params).calls.map((one) => ({
          contractAddress: one.contract_address,
          entrypoint: one.entry_point,
          calldata: one.calldata,
        }));
        return { transaction_hash: (await chain.invoke(address, calls)).txHash };
      }
      default:
        throw Object.assign(new Error(`the wallet does not know ${type}`), { code: UNKNOWN });
    }
  };
  await page.exposeFunction(BINDING, async (json: string): Promise<string> => {
    const { type, params } = callSchema.parse(JSON.parse(json));
    try {
      return JSON.stringify({ result: await answer(type, params) });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : UNKNOWN;
      return JSON.stringify({ error: { code, message: error instanceof Error ? error.message : 'failed' } });
    }
  });
  await page.addInitScript({ content: REGISTER });
  return {
    address,
    asked,
    refuse: (value) => {
      isRefusing = value;
    },
  };
}
