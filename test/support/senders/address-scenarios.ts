/** The detector's promises about deposit addresses; run on the nodes of both families. */
import { Account, ec, RpcProvider } from 'starknet';
import { expect } from 'vitest';
import { deriveEvmAddress } from '../../../detector/evm/deposit-key.ts';
import { ACCOUNT_CLASS_HASH, STARKNET_KEYS_PATH } from '../../../detector/starknet/deposit-account.ts';
import { callRpc } from '../../../devnet/json-rpc.ts';
import { derivePublicHalf, readSeed } from '../../../src/cli/wallets/seed.ts';
import { readWalletsFile } from '../../../src/cli/wallets/file.ts';
import { familyOf, type ChainFamily } from '../../../src/core/chains/address.ts';
import { giveDepositAddresses } from '../../../src/db/senders/addresses.ts';
import { addToPool, addXpub, type PoolAddress } from '../../../src/db/senders/address-pool.ts';
import { USD, type Bench, type Scenario } from '../chains/chain-bench.ts';
import { giveAddress, giveAddressEarlier } from './addresses.ts';
import { balanceOf, eventually, newOrg, soon } from '../chains/bench.ts';

const MNEMONIC = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
/** In both families the address at this index has a leading zero, which people leave out. */
const LEADING_ZERO_INDEX = 1;
/** More blocks than every round reads again. */
const BLOCKS_PAST_OVERLAP: Readonly<Record<ChainFamily, number>> = { eip155: 110, starknet: 270 };
/** Wide limits instead of an estimate, as for the devnet's own accounts. */
const RESOURCE_BOUNDS = {
  l1_gas: { max_amount: 100_000n, max_price_per_unit: 100_000_000_000n },
  l1_data_gas: { max_amount: 100_000n, max_price_per_unit: 100_000_000_000n },
  l2_gas: { max_amount: 400_000_000n, max_price_per_unit: 100_000_000_000n },
};

/** The public half of the seed with that one account, as exported to the file. */
function publicHalf(fromIndex: number): { readonly xpub: string; readonly account: PoolAddress } {
  const file = derivePublicHalf(readSeed(MNEMONIC), { fromIndex, count: 1, classHash: ACCOUNT_CLASS_HASH });
  const { xpub, accounts } = readWalletsFile(JSON.stringify(file));
  const [account] = accounts;
  if (xpub === undefined || account === undefined) throw new Error('nothing was derived');
  return { xpub, account };
}

/** Gives the org the address that the seed derives at that index. */
async function giveDerived({ db, chain }: Bench, org: string, index: number): Promise<string> {
  const family = familyOf(chain.caip2);
  const { xpub, account } = publicHalf(index);
  const at = new Date();
  await addXpub(db, { xpub, isSameKey: () => false, at });
  await addToPool(db, [account], at);
  const derive = (): string => deriveEvmAddress(xpub, index);
  const given = await giveDepositAddresses(db, { org, families: [family], taken: new Set(), derive, at });
  return given[0]?.address ?? '';
}

async function creditsDerived(bench: Bench): Promise<void> {
  const { chain, db, otherForm, takeAccount, reaches, detecting } = bench;
  const family = familyOf(chain.caip2);
  const org = await newOrg(db, chain.caip2, []);
  const address = await giveDerived(bench, org, LEADING_ZERO_INDEX);
  expect(address).toMatch(family === 'eip155' ? /^0x0/ : /^0x00/);
  await detecting(async () => {
    const sent = await chain.send({ from: takeAccount(), to: otherForm(address), amountMicros: 4n * USD });
    expect(await reaches(sent.txHash, 'credited')).toMatchObject([{ org }]);
    const minted = await chain.faucet(address, 3n * USD);
    expect(await reaches(minted, 'credited')).toMatchObject([{ org }]);
    expect(await balanceOf(db, org)).toBe(7n * USD);
    expect(await chain.balanceOf(address)).toBe(7n * USD);
    if (family === 'starknet' && 'version' in chain) await sweepDerived(bench, { org, address });
  });
}

/** Sweeps the address with the private key that the service never has, as docs/deposit-addresses.md says. */
async function sweepDerived({ chain, db, reaches }: Bench, of: { org: string; address: string }): Promise<void> {
  const { privateKey } = readSeed(MNEMONIC).derive(`${STARKNET_KEYS_PATH}/${LEADING_ZERO_INDEX}`);
  if (!privateKey) throw new Error('the seed has no private keys');
  const key = `0x${ec.starkCurve.grindKey(privateKey)}`;
  const publicKey = ec.starkCurve.getStarkKey(key);
  await callRpc(chain.rpcUrl, 'devnet_mint', {
    address: of.address,
    amount: 1e20,
    unit: 'FRI',
  });
  const provider = new RpcProvider({ nodeUrl: chain.rpcUrl });
  const account = new Account({ provider, address: of.address, signer: key, cairoVersion: '1' });
  const options = { tip: 0n, resourceBounds: RESOURCE_BOUNDS };
  const deployed = await account.deployAccount(
    { classHash: ACCOUNT_CLASS_HASH, constructorCalldata: [publicKey], addressSalt: publicKey },
    options,
  );
  await provider.waitForTransaction(deployed.transaction_hash, { retryInterval: 100 });
  const call = {
    contractAddress: chain.usdc,
    entrypoint: 'transfer',
    calldata: [chain.creditsAddress, (7n * USD).toString(), '0'],
  };
  const swept = await account.execute([call], { ...options, nonce: 1n });
  const txHash = `0x${swept.transaction_hash.slice(2).padStart(64, '0')}`;
  expect(await reaches(txHash, 'ignored')).toMatchObject([{ reason: 'own_transfer', entry_seq: null }]);
  expect(await chain.balanceOf(of.address)).toBe(0n);
  expect(await balanceOf(db, of.org)).toBe(7n * USD);
}

async function ignoresSweep({ chain, db, takeAccount, reaches, detecting }: Bench): Promise<void> {
  const own = takeAccount();
  const org = await newOrg(db, chain.caip2, []);
  await giveAddress(db, org, familyOf(chain.caip2), own);
  await detecting(async () => {
    await reaches(await chain.faucet(own, 5n * USD), 'credited');
    const sweep = await chain.send({ from: own, to: chain.creditsAddress, amountMicros: 5n * USD });
    expect(await reaches(sweep.txHash, 'ignored')).toMatchObject([{ reason: 'own_transfer', org: null }]);
    // What the account had before the org got it may be credited by now; the sweep itself never is.
    const written: { rows: unknown[] } = await db.raw('SELECT FROM entry WHERE reference = ?', [sweep.txHash]);
    expect(written.rows).toEqual([]);
  });
}

async function ignoresSelfTransfer({ chain, db, reaches, detecting }: Bench): Promise<void> {
  const { creditsAddress: credits } = chain;
  // An org that has the credits address registered as a sender gains nothing by it.
  const org = await newOrg(db, chain.caip2, [credits]);
  await detecting(async () => {
    await reaches(await chain.faucet(credits, 5n * USD), 'unmatched');
    const before = await chain.balanceOf(credits);
    const { txHash } = await chain.send({ from: credits, to: credits, amountMicros: 5n * USD });
    expect(await reaches(txHash, 'ignored')).toMatchObject([{ reason: 'own_transfer', org: null }]);
    expect(await balanceOf(db, org)).toBe(0n);
    expect(await chain.balanceOf(credits)).toBe(before);
  });
}

async function scansBack(bench: Bench): Promise<void> {
  const { chain, db, reaches, detecting } = bench;
  const family = familyOf(chain.caip2);
  const org = await newOrg(db, chain.caip2, []);
  const { xpub, account } = publicHalf(40);
  const address = family === 'eip155' ? deriveEvmAddress(xpub, 40) : account.address;
  await detecting(async ({ detector, lines }) => {
    const firstBlock = await chain.head();
    const txHash = await chain.faucet(address, 6n * USD);
    await chain.mine(BLOCKS_PAST_OVERLAP[family]);
    const head = await chain.head();
    await eventually(
      async () => Promise.resolve(detector.status()[0]?.nextBlock ?? 0),
      (nextBlock) => nextBlock > head,
    );
    await giveAddressEarlier(db, { org, chain: chain.caip2, address, firstBlock });
    expect(await reaches(txHash, 'credited')).toMatchObject([{ org }]);
    expect(await balanceOf(db, org)).toBe(6n * USD);
    await soon(() => {
      expect(lines).toContainEqual(expect.objectContaining({ event: 'chain.back_scan', fromBlock: firstBlock }));
    });
  });
}

export const DEPOSIT_ADDRESS_SCENARIOS: readonly Scenario[] = [
  ['F36 F39 what comes to a derived address, minted or sent in whatever writing, is its org’s', creditsDerived],
  ['F37 a sweep from a deposit address to the credits address is no deposit', ignoresSweep],
  ['F38 the credits address that pays itself brings nobody anything', ignoresSelfTransfer],
  ['F47 an address that is made while blocks are read is read for from there on', scansBack],
];
