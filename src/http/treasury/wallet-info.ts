/** The endpoint that shows the deposit addresses of an org and the balance of each. */
import type { z } from 'zod';
import { ChainUnavailable } from '../../core/senders/chain-reader.ts';
import { formatUsd } from '../../core/money.ts';
import { findDepositAddresses } from '../../db/senders/addresses.ts';
import { orgRoute } from '../endpoint/endpoint.ts';
import type { ChainInfo, SurfaceDeps } from '../deps.ts';
import { mainChain } from './create-wallet.ts';
import { walletInfoReply } from './wallet-schemas.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

type WalletView = z.input<typeof walletInfoReply>['wallets'][number];

/** An org's deposit address on each chain, and its balance there. */
export function walletInfoRoutes(deps: SurfaceDeps): Route[] {
  const specification = {
    method: 'GET',
    path: '/treasury/wallet-info',
    operation: 'getDepositAddresses',
    summary: "The org's deposit address on each chain, and its balance there",
    chapter: CHAPTERS.deposits,
    replies: { 200: walletInfoReply },
    scopes: ['treasury:read'],
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  const info = orgRoute(deps.guard, specification, async ({ org }) => {
    const held = await findDepositAddresses(deps.forOrg(org.id), org.id);
    const wallets = deps.chains.map(async (chain) => {
      const own = held.find(({ family }) => family === chain.family);
      return own === undefined ? viewOfNone(chain) : viewOf(deps, chain, own);
    });
    const main = mainChain(deps.chains);
    const body: z.input<typeof walletInfoReply> = {
      address: held.find(({ family }) => family === main?.family)?.address ?? null,
      chain: main?.chain ?? null,
      wallets: await Promise.all(wallets),
    };
    return { body };
  });
  return [info];
}

function viewOfNone({ chain, tokens }: ChainInfo): WalletView {
  const balances = tokens.map(({ symbol, address: token }) => ({ symbol, token, balanceUsd: null }));
  return { chain, created: false, address: null, createdAt: null, deployed: null, balances };
}

async function viewOf(
  { readers }: SurfaceDeps,
  { chain, tokens }: ChainInfo,
  { address, createdAt }: { readonly address: string; readonly createdAt: Date },
): Promise<WalletView> {
  const reader = readers.get(chain);
  const [deployed, balances] = await Promise.all([
    known(reader?.isDeployed(address)),
    Promise.all(
      tokens.map(async ({ symbol, address: token }) => {
        const balance = await known(reader?.balanceOf(token, address));
        return { symbol, token, balanceUsd: balance === null ? null : formatUsd(balance) };
      }),
    ),
  ]);
  return { chain, created: true, address, createdAt: createdAt.toISOString(), deployed, balances };
}

/** What a chain answers, or null when it cannot be asked, so that the other chains are still shown. */
async function known<Value>(answer: Promise<Value> | undefined): Promise<Value | null> {
  try {
    return (await answer) ?? null;
  } catch (error) {
    if (error instanceof ChainUnavailable) return null;
    throw error;
  }
}
