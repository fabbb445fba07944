/** Proofs on anvil: accounts that are contracts, or will be, and whom a transfer is attributed to. */
import {
  concatHex,
  encodeAbiParameters,
  encodeFunctionData,
  getCreate2Address,
  keccak256,
  padHex,
  parseAbi,
  serializeErc6492Signature,
  serializeErc8010Signature,
  type Hex,
} from 'viem';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { openEvmChainReader } from '../../detector/evm/chain-reader.ts';
import { TEST_USDC_ABI, type EvmDevChain } from '../../devnet/evm-token.ts';
import { callRpc } from '../../devnet/json-rpc.ts';
import { compileContract } from '../../devnet/solc.ts';
import { startWorld, type World } from '../../devnet/world.ts';
import type { Answer } from '../support/http/api.ts';
import { balanceOf, bind, configOf, eventually, listAllDeposits, runDetector } from '../support/chains/bench.ts';
import { followsProofs, openProofBench, type ProofBench } from '../support/senders/proof-flow.ts';
import { ask, newSigner, text, type Signer } from '../support/senders/proofs.ts';
import { startScriptedNode } from '../support/chains/rpc-node.ts';

const SALT = padHex('0x5a17', { size: 32 });
const FACTORY_ABI = parseAbi(['function deploy(bytes32 salt, bytes code) returns (address)']);
const DEPLOY_GAS = 2_000_000n;
/** Runtime code that gives back one word, whatever it is asked. */
const answering = (word: Hex): Hex =>
  concatHex(['0x7f', padHex(word, { size: 32, dir: 'right' }), '0x60005260206000f3']);

let world: World;
let chain: EvmDevChain;
let bench: ProofBench;
let factory: Hex;
let accountCode: Hex;
let taken = 0;

/** An address of the chain that no other test of this file uses. */
function takeAccount(): string {
  taken += 1;
  const account = chain.accounts[taken];
  if (account === undefined) throw new Error('there are no accounts left');
  return account;
}

/** Puts code at an address of its own. */
async function placeCode(code: Hex): Promise<string> {
  const { address } = newSigner();
  await callRpc(chain.rpcUrl, 'anvil_setCode', [address, code]);
  return address;
}

/** Where the factory puts an account of that owner, and how. */
function counterfactual(owner: string, salt: Hex = SALT): { readonly address: string; readonly deploy: Hex } {
  const code = concatHex([accountCode, encodeAbiParameters([{ type: 'address' }], [asHex(owner)])]);
  const address = getCreate2Address({ from: factory, salt, bytecodeHash: keccak256(code) }).toLowerCase();
  return { address, deploy: encodeFunctionData({ abi: FACTORY_ABI, functionName: 'deploy', args: [salt, code] }) };
}

function asHex(value: string): Hex {
  if (!value.startsWith('0x')) throw new TypeError('hex was expected');
  return `0x${value.slice(2)}`;
}

async function deployAccount(owner: string, salt?: Hex): Promise<string> {
  const { address, deploy } = counterfactual(owner, salt);
  await chain.callContract({ from: takeAccount(), to: factory, data: deploy, gas: DEPLOY_GAS });
  return address;
}

/** Registers an address with whatever signature is made of its challenge. */
async function registerWith(
  address: string,
  signed: (message: string) => Promise<string>,
  named = true,
): Promise<Answer> {
  const { key } = await bench.api.createCustomer();
  const about = named ? { address, chain: chain.caip2 } : { address };
  const { message } = await ask(bench.api, key, { purpose: 'register', ...about });
  const proof = { message, signature: await signed(text(message)) };
  return bench.api.call('POST', '/treasury/register-sender', { key, body: { ...about, proof } });
}

beforeAll(async () => {
  world = await startWorld({ starknet: false, blockTimeSeconds: 0 });
  if (!world.evm) throw new Error('anvil did not start');
  chain = world.evm;
  bench = await openProofBench(chain);
  accountCode = await compileContract('SmartAccount');
  // The factory at an address of the CREATE kind: deployed by hand, since callContract only calls.
  factory = asHex(await placeFactory());
}, 60_000);
afterAll(async () => {
  await bench.stop();
  await world.stop();
});

/** Runs the factory's creation code and puts what it gives at an address. */
async function placeFactory(): Promise<string> {
  const data = await compileContract('AccountFactory');
  const runtime = await callRpc(chain.rpcUrl, 'eth_call', [{ data }, 'latest']);
  return placeCode(asHex(String(runtime)));
}

describe('a proof on anvil', () => {
  test('F43 A37 a sender is matched by who owned it at the block time; what was nobody’s needs a proof', async () => {
    expect(await followsProofs(bench, [takeAccount(), takeAccount()])).toEqual([8_000_000n, 2_000_000n]);
  }, 60_000);

  it('of a contract account is its contract’s word (ERC-1271), and holds on its chain alone', async () => {
    const owner = newSigner();
    const account = await deployAccount(owner.address);
    const { status, json } = await registerWith(account, owner.sign, false);
    expect([status, json['state'], json['chain'], json['chains']]).toEqual([200, 'bound', chain.caip2, [chain.caip2]]);
    const foreign = await registerWith(account, newSigner().sign);
    expect([foreign.status, foreign.json['code']]).toEqual([400, 'VALIDATION_FAILED']);
  });

  test('A34 a signature for one account proves none of its siblings, which have the same owner key', async () => {
    const owner = newSigner();
    const [mine, sibling] = [
      await deployAccount(owner.address),
      await deployAccount(owner.address, padHex('0x02', { size: 32 })),
    ];
    const { key } = await bench.api.createCustomer();
    const challengeOf = async (address: string): Promise<string> =>
      text((await ask(bench.api, key, { purpose: 'register', address, chain: chain.caip2 })).message);
    const [forMine, forSibling] = [await challengeOf(mine), await challengeOf(sibling)];
    const signature = await owner.sign(forMine);
    const send = async (address: string, message: string): Promise<number> => {
      const body = { address, chain: chain.caip2, proof: { message, signature } };
      return (await bench.api.call('POST', '/treasury/register-sender', { key, body })).status;
    };
    expect(await send(sibling, forMine)).toBe(400);
    expect(await send(sibling, forSibling)).toBe(400);
    expect(await send(mine, forMine)).toBe(200);
  });

  test('A35 an account that is not deployed yet is proven as its factory would make it (ERC-6492)', async () => {
    const owner = newSigner();
    const { address, deploy } = counterfactual(owner.address);
    const wrap = async (signer: Signer, message: string, at = { factory, deploy }): Promise<string> =>
      serializeErc6492Signature({ address: at.factory, data: at.deploy, signature: await signer.sign(message) });
    // Without the wrapping there is nobody to ask; wrapped by another key, or deploying something else, it is no proof.
    expect((await registerWith(address, owner.sign)).status).toBe(400);
    expect((await registerWith(address, async (message) => wrap(newSigner(), message))).status).toBe(400);
    const other = counterfactual(newSigner().address);
    const elsewhere = await registerWith(address, async (message) =>
      wrap(owner, message, { factory, deploy: other.deploy }),
    );
    expect(elsewhere.status).toBe(400);
    const proven = await registerWith(address, async (message) => wrap(owner, message));
    expect([proven.status, proven.json['chain']]).toEqual([200, chain.caip2]);
    expect(await callRpc(chain.rpcUrl, 'eth_getCode', [address, 'latest'])).toBe('0x');
    // Once it is deployed it answers for itself, wrapped or not.
    await chain.callContract({ from: takeAccount(), to: factory, data: deploy, gas: DEPLOY_GAS });
    expect((await registerWith(address, async (message) => wrap(owner, message))).status).toBe(200);
    expect((await registerWith(address, owner.sign)).status).toBe(200);
    expect((await registerWith(address, async (message) => wrap(newSigner(), message))).status).toBe(400);
  });

  test('S14 a deployed account that has to be made ready first is refused with what to do (ERC-6492), and proven once it is ready', async () => {
    // Ready once it was called without data; until then it reverts, from then on it says yes.
    const ready = concatHex(['0x36600a57600160005500', '0x5b6000546016576000', '0x6000fd5b', answering('0x1626ba7e')]);
    const address = await placeCode(ready);
    const wrapped = serializeErc6492Signature({ address: asHex(address), data: '0x', signature: '0x1234' });
    const early = await registerWith(address, async () => Promise.resolve(wrapped));
    expect([early.status, early.json['code']]).toEqual([400, 'VALIDATION_FAILED']);
    expect(early.json['detail']).toContain('make the account ready by a transaction');
    await chain.callContract({ from: takeAccount(), to: asHex(address), data: '0x', gas: DEPLOY_GAS });
    expect((await registerWith(address, async () => Promise.resolve(wrapped))).status).toBe(200);
  });

  test('S14 the wrapped signature of a delegated account (ERC-8010) is checked by its key or its code, and delegates nothing', async () => {
    const owner = newSigner();
    const zero = padHex('0x01', { size: 32 });
    const authorization = { address: factory, chainId: 31_337, nonce: 0, r: zero, s: zero, yParity: 0 };
    const wrap = async (signer: Signer, message: string): Promise<string> =>
      serializeErc8010Signature({ authorization, signature: asHex(await signer.sign(message)) });
    const account = await deployAccount(owner.address);
    expect((await registerWith(account, async (message) => wrap(owner, message))).status).toBe(200);
    expect((await registerWith(account, async (message) => wrap(newSigner(), message))).status).toBe(400);
    const plain = newSigner();
    expect((await registerWith(plain.address, async (message) => wrap(plain, message))).status).toBe(200);
    const foreign = await registerWith(newSigner().address, async (message) => wrap(owner, message));
    expect([foreign.status, foreign.json['code']]).toEqual([400, 'VALIDATION_FAILED']);
    expect(foreign.json['detail']).toContain('is not delegated');
  });

  test.each([
    ['true instead of the magic value', answering(padHex('0x01', { size: 32 }))],
    ['the magic value and more', answering(concatHex(['0x1626ba7e', padHex('0x01', { size: 28 })]))],
    ['the magic value on the wrong side', answering(padHex('0x1626ba7e', { size: 32 }))],
    ['nothing', '0x00'],
    ['a revert', '0x60006000fd'],
    ['an invalid opcode', '0xfe'],
    ['its input', '0x366000600037366000f3'],
  ] as const)('A35 a contract that answers %s has not said yes', async (_, code) => {
    const address = await placeCode(code);
    const { status, json } = await registerWith(address, newSigner().sign);
    expect([status, json['code']]).toEqual([400, 'VALIDATION_FAILED']);
    expect(json['detail']).toContain('proof.signature');
  });

  it('of a contract that answers the magic value to everything is that contract’s word', async () => {
    const { status } = await registerWith(await placeCode(answering('0x1626ba7e')), newSigner().sign);
    expect(status).toBe(200);
  });
});

describe('several RPCs', () => {
  const MESSAGE = 'whatever it says';
  const judge = async (
    urls: readonly string[],
    quorum: number,
    account: string,
    signature: string,
  ): Promise<unknown> => {
    const reader = openEvmChainReader({ chain: chain.caip2, rpcUrls: urls, quorum });
    try {
      return await reader.verifyProof(account, MESSAGE, signature);
    } catch (error) {
      return error instanceof Error ? error.name : error;
    } finally {
      reader.close();
    }
  };
  /** A node that says yes to everything, of whatever chain. */
  const liar = async (chainId: string): ReturnType<typeof startScriptedNode> =>
    startScriptedNode((method) =>
      method === 'eth_chainId' ? chainId : method === 'eth_getCode' ? '0x01' : `0x1626ba7e${'0'.repeat(56)}`,
    );

  test('A35 as many as the quorum must hear the account’s yes; while they cannot be asked nothing is known', async () => {
    const owner = newSigner();
    const account = await deployAccount(owner.address);
    const [good, forged] = [await owner.sign(MESSAGE), await newSigner().sign(MESSAGE)];
    const chainId = String(await callRpc(chain.rpcUrl, 'eth_chainId', []));
    const [lies, foreign] = [await liar(chainId), await liar('0x1')];
    const away = 'http://127.0.0.1:1';
    const node = chain.rpcUrl;
    try {
      const wrong = { proven: false, reason: 'wrong_signature' };
      const right = { proven: true, by: 'contract' };
      expect(await judge([node], 1, account, good)).toEqual(right);
      expect(await judge([node, node], 2, account, good)).toEqual(right);
      expect(await judge([lies.url, node], 2, account, forged)).toEqual(wrong);
      expect(await judge([lies.url, node, node], 2, account, forged)).toEqual(wrong);
      // One that serves another chain has no say, and one that is away none either.
      expect(await judge([foreign.url, node], 2, account, good)).toBe('ChainUnavailable');
      expect(await judge([foreign.url], 1, account, forged)).toBe('ChainUnavailable');
      expect(await judge([away, node], 2, account, good)).toBe('ChainUnavailable');
      expect(await judge([away, node, node], 2, account, good)).toEqual(right);
      expect(await judge([away, lies.url, node], 2, account, forged)).toBe('ChainUnavailable');
      expect(await judge([away], 1, account, forged)).toBe('ChainUnavailable');
    } finally {
      lies.stop();
      foreign.stop();
    }
  });
});

describe('who sent it', () => {
  test('A36 a transfer belongs to the account it came from, whoever submitted it', async () => {
    const { api } = bench;
    const [payers, relays] = [await api.createOrg(), await api.createOrg()];
    const [payer, relayer, owner] = [takeAccount(), takeAccount(), takeAccount()];
    const account = await deployAccount(owner);
    const accounts = await api.createOrg();
    await bind(api.db, payers, chain.caip2, payer);
    await bind(api.db, relays, chain.caip2, relayer);
    await bind(api.db, relays, chain.caip2, owner);
    await bind(api.db, accounts, chain.caip2, account);
    for (const holder of [payer, account]) await chain.faucet(holder, 100n);
    const { detector } = runDetector({
      chains: [configOf(chain, { finality: { kind: 'depth', blocks: 0 } })],
      databaseUrl: api.database.appUrl,
    });
    const usdc = asHex(chain.usdc);
    const credits = asHex(chain.creditsAddress);
    try {
      const approve = encodeFunctionData({ abi: TEST_USDC_ABI, functionName: 'approve', args: [asHex(relayer), 7n] });
      await chain.callContract({ from: payer, to: usdc, data: approve });
      const pull = { abi: TEST_USDC_ABI, functionName: 'transferFrom', args: [asHex(payer), credits, 7n] } as const;
      const relayed = await chain.callContract({ from: relayer, to: usdc, data: encodeFunctionData(pull) });
      // A smart account whose owner submits: the account is the sender.
      const push = encodeFunctionData({ abi: TEST_USDC_ABI, functionName: 'transfer', args: [credits, 11n] });
      const execute = encodeFunctionData({
        abi: parseAbi(['function execute(address to, bytes data)']),
        functionName: 'execute',
        args: [usdc, push],
      });
      const sent = await chain.callContract({ from: owner, to: account, data: execute });
      await eventually(
        async () => (await listAllDeposits(api.db, chain.caip2)).filter(({ state }) => state === 'credited'),
        (rows) => [relayed.txHash, sent.txHash].every((txHash) => rows.some((row) => row.tx_hash === txHash)),
      );
      expect(await balanceOf(api.db, payers)).toBe(7n);
      expect(await balanceOf(api.db, accounts)).toBe(11n);
      expect(await balanceOf(api.db, relays)).toBe(0n);
    } finally {
      await detector.stop();
    }
  });
});
