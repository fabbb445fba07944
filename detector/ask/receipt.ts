/** Asks every RPC of a chain, at this moment, for a transaction, independent of what the detector has stored. */
import type { Clock } from '../../src/core/clock.ts';
import type { ChainSource, Receipt } from '../rpc/source.ts';
import type { ChainSettings } from '../chain/settings.ts';
import { openSource } from '../open-source.ts';
import { RpcFault } from '../rpc/fault.ts';

/** What one RPC answered, or why it cannot be used. */
export type AskedReceipt =
  | { readonly rpc: string; readonly serves: string; readonly head: number; readonly receipt: Receipt | undefined }
  | { readonly rpc: string; readonly problem: string };

/**
 * The answers of the chain's RPCs, in their order. An RPC that fails gives its problem.
 * @param txHash canonical: 0x and 64 hex digits.
 */
export async function askReceipt(
  { caip2, rpcUrls }: Pick<ChainSettings, 'caip2' | 'rpcUrls'>,
  txHash: string,
  clock: Clock,
): Promise<AskedReceipt[]> {
  return Promise.all(
    rpcUrls.map(async (url) => {
      const source = openSource(caip2, { url, clock });
      try {
        return await askOne(source, txHash);
      } finally {
        source.close();
      }
    }),
  );
}

async function askOne(source: ChainSource, txHash: string): Promise<AskedReceipt> {
  try {
    const [serves, { number: head }] = [await source.chainId(), await source.head()];
    return { rpc: source.name, serves, head, receipt: await source.receipt(txHash, 'any') };
  } catch (error) {
    if (!(error instanceof RpcFault)) throw error;
    return { rpc: source.name, problem: `${error.kind}: ${error.message}` };
  }
}
