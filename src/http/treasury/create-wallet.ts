/** The endpoint that gives an org its deposit addresses. */
import type { z } from 'zod';
import type { ChainFamily } from '../../core/chains/address.ts';
import { judgePool, type DepositAddress } from '../../core/senders/deposit-address.ts';
import { giveDepositAddresses } from '../../db/senders/addresses.ts';
import { countPool } from '../../db/senders/address-pool.ts';
import { invalidInput, orgRoute } from '../endpoint/endpoint.ts';
import type { ChainInfo, SurfaceDeps } from '../deps.ts';
import { createWalletBody, createWalletReply } from './wallet-schemas.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import type { Reply } from '../server/reply.ts';
import { CHAPTERS } from './surface.ts';

/** The route that gives an org its own deposit addresses. */
export function createWalletRoutes(deps: SurfaceDeps): Route[] {
  const specification = {
    method: 'POST',
    path: '/treasury/create-wallet',
    operation: 'createDepositAddresses',
    summary: 'Gives the org its own deposit addresses',
    chapter: CHAPTERS.deposits,
    replies: { 200: createWalletReply },
    errors: ['DEPOSIT_ADDRESS_UNAVAILABLE'],
    scopes: ['treasury:admin'],
    query: NO_QUERY,
    body: createWalletBody,
  } as const;
  return [orgRoute(deps.guard, specification, async ({ org, body }) => createWallets(deps, org.id, body.chain))];
}

/** Gives the same addresses on every call; the detector watches new ones from its next scan on. */
async function createWallets(deps: SurfaceDeps, org: string, chain: string | undefined): Promise<Reply> {
  const { forOrg, clock, chains, loadAddressDeriver } = deps;
  const given = await giveDepositAddresses(forOrg(org), {
    org,
    families: familiesOf(chains, chain),
    taken: new Set(
      chains.flatMap(({ creditsAddress, tokens }) => [creditsAddress, ...tokens.map(({ address }) => address)]),
    ),
    derive: await loadAddressDeriver(),
    at: new Date(clock.nowMs()),
  });
  if (given.some(({ family }) => family === 'starknet')) await warnOfPool(deps);
  const main = mainChain(chains, chain);
  const address = given.find(({ family }) => family === main?.family)?.address;
  if (main === undefined || address === undefined) throw new Error('no address was given for the chain');
  const wallets = given.map((one) => viewOf(one, chains));
  const body: z.input<typeof createWalletReply> = { address, chain: main.chain, wallets };
  return { body };
}

/** The chain whose address stands at the top of an answer: the named one, else Starknet's first, else the first. */
export function mainChain(chains: readonly ChainInfo[], named?: string): ChainInfo | undefined {
  if (named !== undefined) return chains.find(({ chain }) => chain === named);
  return chains.find(({ family }) => family === 'starknet') ?? chains[0];
}

function familiesOf(chains: readonly ChainInfo[], named: string | undefined): ChainFamily[] {
  const meant = named === undefined ? chains : chains.filter(({ chain }) => chain === named);
  if (meant.length > 0) return [...new Set(meant.map(({ family }) => family))];
  const known = chains.map(({ chain }) => chain).join(', ');
  throw invalidInput([
    { path: 'chain', message: `is not configured here; these are: ${known === '' ? 'none' : known}` },
  ]);
}

async function warnOfPool({ db, log }: SurfaceDeps): Promise<void> {
  const left = await countPool(db);
  const pool = judgePool(left);
  if (pool !== 'ok') log.warn({ event: 'deposit_addresses.low', left, pool }, 'import more: coffer wallets import');
}

function viewOf(
  { family, address, createdAt }: DepositAddress,
  chains: readonly ChainInfo[],
): z.input<typeof createWalletReply>['wallets'][number] {
  const own = chains.filter((one) => one.family === family);
  return { family, address, chains: own.map(({ chain }) => chain), createdAt: createdAt.toISOString() };
}
