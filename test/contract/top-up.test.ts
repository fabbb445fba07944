/** The treasury's calls that bring money in: senders, addresses, deposits, checkouts. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PACKS } from '../../src/core/billing/packs.ts';
import { openContractApi, PATIENCE, type ContractApi } from '../support/contract/api.ts';
import { listIn } from '../support/asserts.ts';
import { writeDeposit } from '../support/deposits/rows.ts';
import { CREDITS, EVM, STARKNET } from '../support/http/api.ts';
import { giveAddress } from '../support/senders/addresses.ts';
import { newSigner, prove, storeDeposit } from '../support/senders/proofs.ts';

let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

const address = `0x${'ab'.repeat(20)}`;

test('POST /treasury/register-sender: binds an address, answers where to send, and opens the order of a pack', async () => {
  const { key } = await api.createCustomer();
  const body = { address, label: 'till', packId: 'growth' };
  const first = await api.call('POST', '/treasury/register-sender', { key, body });
  expect([first.status, first.json]).toMatchObject([
    200,
    { address, label: 'till', state: 'bound', orderId: expect.any(String), expectedSeconds: null },
  ]);
  expect(listIn(first, 'creditsAddresses')[0]).toMatchObject({ chain: EVM, address: CREDITS.evm, symbol: 'USDC' });
  const again = await api.call('POST', '/treasury/register-sender', { key, body: { address, label: 'shop' } });
  expect(again.json).toMatchObject({ senderId: first.json['senderId'], label: 'shop' });
  const other = await api.createCustomer();
  const taken = await api.call('POST', '/treasury/register-sender', { key: other.key, body: { address } });
  expect([taken.status, taken.json['code']]).toEqual([409, 'SENDER_CLAIMED']);
});

test('POST /treasury/sender-challenge: answers what to sign', async () => {
  const { key } = await api.createCustomer();
  const body = { address, chain: EVM, purpose: 'register' };
  const { status, json } = await api.call('POST', '/treasury/sender-challenge', { key, body });
  expect([status, json]).toMatchObject([200, { address, chain: EVM, message: expect.any(String) }]);
  expect(Date.parse(String(json['expiresAt']))).toBeGreaterThan(Date.now());
});

test('GET /treasury/senders: lists them', async () => {
  const { key } = await api.createCustomer();
  const body = { address: `0x${'cd'.repeat(20)}` };
  const { json } = await api.call('POST', '/treasury/register-sender', { key, body });
  const listed = await api.call('GET', '/treasury/senders', { key });
  expect([listed.status, listed.json]).toMatchObject([
    200,
    { senders: [{ senderId: json['senderId'], ...body }], nextCursor: null },
  ]);
});

test('DELETE /treasury/senders/{id}: the address is free for another org', async () => {
  const [one, two] = [await api.createCustomer(), await api.createCustomer()];
  const body = { address: `0x${'ef'.repeat(20)}` };
  const { json } = await api.call('POST', '/treasury/register-sender', { key: one.key, body });
  const path = `/treasury/senders/${String(json['senderId'])}`;
  expect((await api.call('DELETE', path, { key: two.key })).status).toBe(404);
  expect((await api.call('DELETE', path, { key: one.key })).status).toBe(204);
  expect((await api.call('GET', '/treasury/senders', { key: one.key })).json).toMatchObject({ senders: [] });
  expect((await api.call('POST', '/treasury/register-sender', { key: two.key, body })).status).toBe(200);
});

test('GET /treasury/packs: the five packs, to anyone signed in', async () => {
  const { status, json } = await api.call('GET', '/treasury/packs', { key: await api.createKey({}) });
  const pack = (id: string, amountUsd: string, freeGiftCards: number, tagline: string): object => {
    return { id, name: expect.any(String), amountUsd, freeGiftCards, tagline, popular: id === 'growth' };
  };
  expect([status, json]).toEqual([
    200,
    {
      packs: [
        pack('tester', '2.00', 1, 'Learn first'),
        pack('starter', '5.00', 2, 'Try it out'),
        pack('growth', '25.00', 10, 'Most popular'),
        pack('scale', '50.00', 25, ''),
        pack('pro', '100.00', 50, ''),
      ],
    },
  ]);
  expect(PACKS).toHaveLength(5);
  expect((await api.call('GET', '/treasury/packs')).status).toBe(401);
});

test('POST /treasury/create-wallet: one address for each family, the same again', async () => {
  const { org, key } = await api.createCustomer();
  await giveAddress(api.db, org, 'eip155', `0x${'a1'.repeat(20)}`);
  await giveAddress(api.db, org, 'starknet', `0x0${'a'.repeat(63)}`);
  const first = await api.call('POST', '/treasury/create-wallet', { key, body: {} });
  expect([first.status, first.json]).toMatchObject([200, { address: `0x0${'a'.repeat(63)}`, chain: STARKNET }]);
  expect(listIn(first, 'wallets').map(({ family }) => family)).toEqual(['eip155', 'starknet']);
  const named = await api.call('POST', '/treasury/create-wallet', { key, body: { chain: EVM } });
  expect(named.json).toMatchObject({ address: `0x${'a1'.repeat(20)}`, chain: EVM });
});

test('GET /treasury/wallet-info: address, whether it is deployed, and its balance by chain', async () => {
  const { org, key } = await api.createCustomer();
  await giveAddress(api.db, org, 'starknet', `0x0${'b'.repeat(63)}`);
  const answer = await api.call('GET', '/treasury/wallet-info', { key });
  expect([answer.status, answer.json]).toMatchObject([200, { address: `0x0${'b'.repeat(63)}`, chain: STARKNET }]);
  const starknet = listIn(answer, 'wallets').find(({ chain }) => chain === STARKNET);
  expect(starknet).toMatchObject({ created: true, deployed: null, balances: [{ symbol: 'USDC', balanceUsd: null }] });
});

test('GET /treasury/deposits: every deposit with its life', async () => {
  const { org, key } = await api.createCustomer();
  const { id, txHash } = await writeDeposit(api.db, { org, state: 'confirming', reason: null });
  const { status, json } = await api.call('GET', '/treasury/deposits', { key });
  const life = { confirmations: null, confirmationsNeeded: null, entryId: null, creditedAt: null };
  expect([status, json]).toMatchObject([
    200,
    { deposits: [{ id, txHash, state: 'confirming', amountUsd: '5.00', chain: EVM, ...life }], nextCursor: null },
  ]);
});

test('GET /treasury/deposits/trace: why a transaction was not credited yet', async () => {
  const { org, key } = await api.createCustomer();
  const { txHash } = await writeDeposit(api.db, { org, state: 'confirming', reason: null });
  const { status, json } = await api.call('GET', `/treasury/deposits/trace?tx=${txHash}`, { key });
  expect([status, json]).toMatchObject([
    200,
    { txHash, found: true, explanation: expect.stringMatching(/./), transfers: [{ outcome: 'waiting' }] },
  ]);
});

test('POST /treasury/deposits/claim: takes an unmatched deposit by a signature of its sender', async () => {
  const { key } = await api.createCustomer();
  const signer = newSigner();
  const { id, txHash } = await storeDeposit(api.db, { chain: EVM, from: signer.address });
  const proof = await prove(api, key, { purpose: 'claim', address: signer.address, chain: EVM, txHash }, signer);
  const body = { txHash, chain: EVM, proof };
  const { status, json } = await api.call('POST', '/treasury/deposits/claim', { key, body });
  expect([status, json]).toMatchObject([200, { txHash, chain: EVM, deposits: [{ id, amountUsd: '5.00' }] }]);
});

test('POST /treasury/checkout: a checkout of a pack or an amount, credited once it is paid', async () => {
  const { key } = await api.createCustomer();
  const urls = { successUrl: 'https://shop.example/yes?s={CHECKOUT_SESSION_ID}', cancelUrl: 'https://shop.example/no' };
  const { status, json } = await api.call('POST', '/treasury/checkout', { key, body: { packId: 'growth', ...urls } });
  expect([status, json]).toMatchObject([
    200,
    { url: expect.stringMatching(/^http/), sessionId: expect.stringMatching(/^cs_/), orderId: expect.any(String) },
  ]);
  api.stripe.pay(String(json['sessionId']));
  const orderOf = async (): Promise<unknown> =>
    (await api.call('GET', `/treasury/orders/${String(json['orderId'])}`, { key })).json['state'];
  await expect.poll(orderOf, PATIENCE).toBe('credited');
  const balance = await api.call('GET', '/treasury/balance', { key });
  expect(balance.json).toMatchObject({ totalUsd: '25.00', availableUsd: '25.00', freeGiftCards: 10 });
  for (const amount of [{ amountUsd: '10.001' }, { amountUsd: '9.99' }, {}, { amountUsd: 10 }]) {
    const refused = await api.call('POST', '/treasury/checkout', { key, body: { ...amount, ...urls } });
    expect([refused.status, refused.json['code']]).toEqual([400, 'VALIDATION_FAILED']);
  }
});
