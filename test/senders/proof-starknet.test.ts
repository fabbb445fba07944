/** Proofs by Starknet accounts, which their contracts speak for. The real node, where there is one. */
import { Account, CallData, ec, hash } from 'starknet';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { openStarknetChainReader } from '../../detector/starknet/chain-reader.ts';
import { openDevAccount, signAsDevAccount, signTyped } from '../../devnet/proof-signer.ts';
import { findStarknetDevnet } from '../../devnet/starknet-binary.ts';
import { startWorld, type DevChain, type World } from '../../devnet/world.ts';
import { canonicalAddress } from '../../src/core/chains/address.ts';
import { messageOf, newNonce, type ProofMessage } from '../../src/core/senders/ownership-proof.ts';
import type { Answer } from '../support/http/api.ts';
import { followsProofs, openProofBench, type ProofBench } from '../support/senders/proof-flow.ts';
import { ask } from '../support/senders/proofs.ts';
import { ScriptedError, startScriptedNode } from '../support/chains/rpc-node.ts';

const SN_SEPOLIA = '0x534e5f5345504f4c4941';
const VALID = '0x56414c4944';
/** Of starknet-devnet. */
const UNIVERSAL_DEPLOYER = '0x02ceed65a4bd731034c01113685c831b01c15d7d432f71afb1cf1634b53a2125';
const GAS = { max_amount: 400_000_000n, max_price_per_unit: 100_000_000_000n };
const RESOURCE_BOUNDS = { l1_gas: GAS, l1_data_gas: GAS, l2_gas: GAS };
const ADDRESS = canonicalAddress('starknet', '0x0abc');

const messageFor = (address: string): ProofMessage =>
  messageOf(
    {
      domain: 'coffer.example',
      uri: 'https://coffer.example',
      chain: 'starknet:SN_SEPOLIA',
      address,
      org: '00000000-0000-4000-8000-000000000001',
      purpose: 'register',
      txHash: null,
      nonce: newNonce(),
      issuedAtMs: 0,
      expiresAtMs: 600_000,
    },
    address,
  );

describe('what a Starknet account must say', () => {
  const judge = async (answers: readonly (readonly string[] | ScriptedError)[], quorum = 1): Promise<unknown> => {
    const nodes = await Promise.all(
      answers.map(async (answer) =>
        startScriptedNode((method) => {
          if (method === 'starknet_chainId') return SN_SEPOLIA;
          if (answer instanceof ScriptedError) throw answer;
          return answer;
        }),
      ),
    );
    const rpcUrls = nodes.map(({ url }) => url);
    const reader = openStarknetChainReader({ chain: 'starknet:SN_SEPOLIA', rpcUrls, quorum });
    try {
      return await reader.verifyProof(ADDRESS, messageFor(ADDRESS), ['0x1', '0x2']);
    } catch (error) {
      return error instanceof Error ? error.name : error;
    } finally {
      reader.close();
      for (const node of nodes) node.stop();
    }
  };
  const yes = { proven: true, by: 'contract' };
  const no = { proven: false, reason: 'wrong_signature' };

  test.each([
    ["'VALID'", [VALID], yes],
    ['1', ['0x1'], yes],
    ['0', ['0x0'], no],
    ['nothing', [], no],
    ['2', ['0x2'], no],
    ["'INVALID'", ['0x494e56414c4944'], no],
    ["'VALID' and more", [VALID, '0x0'], no],
    ['a revert', new ScriptedError(40), no],
    ['that it has no such function', new ScriptedError(21), no],
    ['that it is not there', new ScriptedError(20), { proven: false, reason: 'not_deployed' }],
    ['that the node has a fault', new ScriptedError(-32_603), 'ChainUnavailable'],
  ])('A35 %s', async (_, answer, expected) => {
    expect(await judge([answer])).toEqual(expected);
  });

  it('is heard by as many RPCs as the quorum', async () => {
    expect(await judge([[VALID], ['0x0']], 2)).toEqual(no);
    expect(await judge([[VALID], ['0x0'], [VALID]], 2)).toEqual(yes);
    expect(await judge([[VALID], new ScriptedError(-32_603)], 2)).toBe('ChainUnavailable');
  });

  it.each([
    ['text', '0x12'],
    ['felts that are none', ['0x1', 'x']],
    ['felts above the field', [`0x${'f'.repeat(64)}`]],
  ])('cannot be asked about %s', async (_, signature) => {
    const reader = openStarknetChainReader({
      chain: 'starknet:SN_SEPOLIA',
      rpcUrls: ['http://127.0.0.1:1'],
      quorum: 1,
    });
    expect(await reader.verifyProof(ADDRESS, messageFor(ADDRESS), signature)).toEqual(no);
    reader.close();
  });
});

const legs: { readonly name: string }[] = [];
if ((await findStarknetDevnet()) !== undefined || process.env['COFFER_REQUIRE_STARKNET_DEVNET'] === '1') {
  legs.push({ name: 'starknet-devnet' });
} else {
  console.log(
    'ownership-proof-starknet: no starknet-devnet binary here, so the leg "starknet-devnet" is not in this run',
  );
}

describe.each(legs)('a proof on $name', () => {
  let world: World;
  let chain: DevChain;
  let bench: ProofBench;
  let taken = 0;

  const takeAccount = (): string => {
    taken += 1;
    const account = chain.accounts[taken];
    if (account === undefined) throw new Error('there are no accounts left');
    return account;
  };
  const register = async (key: string, address: string, proof: unknown): Promise<Answer> =>
    bench.api.call('POST', '/treasury/register-sender', { key, body: { address, proof } });

  beforeAll(async () => {
    world = await startWorld({ evm: false, blockTimeSeconds: 0, starknet: { node: 'devnet' } });
    if (!world.starknet) throw new Error('starknet-devnet did not start');
    chain = world.starknet;
    bench = await openProofBench(chain);
  }, 120_000);
  afterAll(async () => {
    await bench.stop();
    await world.stop();
  });

  test('F43 A37 a sender is matched by who owned it at the block time; what was nobody’s needs a proof', async () => {
    expect(await followsProofs(bench, [takeAccount(), takeAccount()])).toEqual([8_000_000n, 2_000_000n]);
  }, 60_000);

  it('is one by the account alone: another account’s signature is none, and the sender is bound on its chain', async () => {
    const { key } = await bench.api.createCustomer();
    const [mine, other] = [takeAccount(), takeAccount()];
    const { message } = await ask(bench.api, key, { purpose: 'register', address: mine });
    const forged = await register(key, mine, { message, signature: await signAsDevAccount(chain, other, message) });
    expect([forged.status, forged.json['code']]).toEqual([400, 'VALIDATION_FAILED']);
    const proven = await register(key, mine, { message, signature: await signAsDevAccount(chain, mine, message) });
    expect([proven.status, proven.json['state'], proven.json['chain']]).toEqual([200, 'bound', chain.caip2]);
  });

  test('A34 A35 an account that is not deployed cannot be proven, and a sibling with the same key is another account', async () => {
    const { api } = bench;
    const { key } = await api.createCustomer();
    const payer = await openDevAccount(chain, takeAccount());
    const { provider } = payer;
    const classHash = await provider.getClassHashAt(payer.address);
    const privateKey = '0x5ec2e7';
    const calldata = CallData.compile({ publicKey: ec.starkCurve.getStarkKey(privateKey) });
    const accountAt = (salt: string): Account =>
      new Account({
        provider,
        address: canonicalAddress('starknet', hash.calculateContractAddressFromHash(salt, classHash, calldata, 0)),
        signer: privateKey,
        cairoVersion: '1',
      });
    const [mine, sibling] = [accountAt('0x1'), accountAt('0x2')];
    const challengeOf = async (account: Account): Promise<ProofMessage> =>
      (await ask(api, key, { purpose: 'register', address: account.address })).message;
    const [forMine, forSibling] = [await challengeOf(mine), await challengeOf(sibling)];
    const signature = await signTyped(mine, forMine);
    const early = await register(key, mine.address, { message: forMine, signature });
    expect([early.status, early.json['detail']]).toEqual([400, expect.stringContaining('deploy it first')]);

    for (const salt of ['0x1', '0x2']) await deployAccount(payer, { classHash, salt, calldata });
    expect((await register(key, sibling.address, { message: forSibling, signature })).status).toBe(400);
    expect((await register(key, sibling.address, { message: forMine, signature })).status).toBe(400);
    // The same message, signed in the sibling's name: the account is part of what SNIP-12 hashes.
    const crossed = await signTyped(sibling, forMine);
    expect((await register(key, mine.address, { message: forMine, signature: crossed })).status).toBe(400);
    expect((await register(key, mine.address, { message: forMine, signature })).status).toBe(200);
  });

  /** Through the universal deployer, paid by an account of the node. */
  async function deployAccount(
    payer: Account,
    { classHash, salt, calldata }: { classHash: string; salt: string; calldata: readonly string[] },
  ): Promise<void> {
    const sent = await payer.execute(
      {
        contractAddress: UNIVERSAL_DEPLOYER,
        entrypoint: 'deployContract',
        calldata: [classHash, salt, '0x0', `0x${calldata.length.toString(16)}`, ...calldata],
      },
      { tip: 0n, resourceBounds: RESOURCE_BOUNDS },
    );
    const receipt = await payer.provider.waitForTransaction(sent.transaction_hash, { retryInterval: 100 });
    if (!receipt.isSuccess()) throw new Error('the account was not deployed');
  }
});
