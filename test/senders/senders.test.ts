import { getAddress } from 'viem/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerSenderReply, sendersReply } from '../../src/http/treasury/schemas.ts';
import {
  CHAINS,
  CREDITS,
  EVM,
  EVM_TOO,
  STARKNET,
  startTestApi,
  TOKENS,
  type Answer,
  type TestApi,
} from '../support/http/api.ts';
import { queryRows } from '../support/process/query.ts';

let api: TestApi;
let strict: TestApi;
beforeAll(async () => {
  [api, strict] = await Promise.all([startTestApi(), startTestApi('proof_required')]);
});
afterAll(async () => Promise.all([api.stop(), strict.stop()]));

let made = 0xa000n;
/** An EVM address that no other test uses, with letters in it. */
function evmAddress(): string {
  made += 1n;
  return `0xabcdef${made.toString(16).padStart(34, '0')}`;
}
const starknetAddress = (): string => `0x00${evmAddress().slice(2)}${'e'.repeat(22)}`;

/** The address with its last letter in the other case. */
function mistyped(address: string): string {
  return address.replace(/[a-fA-F](?=[0-9]*$)/, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

async function register(key: string, body: object, on: TestApi = api): Promise<Answer> {
  return on.call('POST', '/treasury/register-sender', { key, body });
}

async function sendersOf(key: string, on: TestApi = api): Promise<unknown[]> {
  return sendersReply.parse((await on.call('GET', '/treasury/senders', { key })).json).senders;
}

const evmCredits = (chain: string): object => ({
  chain,
  address: CREDITS.evm,
  token: TOKENS.evm,
  symbol: 'USDC',
  expectedSeconds: null,
});

describe('registering a sender', () => {
  it('answers the credits addresses of every chain of its family', async () => {
    const { key } = await api.createCustomer();
    const address = evmAddress();
    const { status, json } = await register(key, { address, label: 'till' });
    expect(status).toBe(200);
    expect(registerSenderReply.parse(json)).toMatchObject({
      address,
      chain: null,
      chains: [EVM, EVM_TOO],
      label: 'till',
      state: 'bound',
      creditsAddresses: [evmCredits(EVM), evmCredits(EVM_TOO)],
    });
    expect(json).not.toHaveProperty('orderId');
  });

  it('S13 says how long a deposit takes, as configured, and refuses what is neither 40 nor at least 56 digits', async () => {
    const [evm, ...others] = CHAINS;
    const own = await startTestApi('first_come', [{ ...evm, expectedSeconds: 900 }, ...others]);
    try {
      const { key } = await own.createCustomer();
      const named = await register(key, { address: evmAddress(), chain: EVM }, own);
      expect(named.json).toMatchObject({ expectedSeconds: 900, creditsAddresses: [{ expectedSeconds: 900 }] });
      const family = await register(key, { address: evmAddress() }, own);
      expect(family.json).toMatchObject({
        expectedSeconds: null,
        creditsAddresses: [{ expectedSeconds: 900 }, { expectedSeconds: null }],
      });
      for (const digits of [1, 39, 41, 55, 65]) {
        const { status, json } = await register(key, { address: `0x${'a'.repeat(digits)}` }, own);
        expect([digits, status, json['code']]).toEqual([digits, 400, 'VALIDATION_FAILED']);
      }
      const short = await register(key, { address: '0x1234', chain: STARKNET }, own);
      expect(short.status).toBe(200);
    } finally {
      await own.stop();
    }
  });

  it('answers one chain when one is named', async () => {
    const { key } = await api.createCustomer();
    const { json } = await register(key, { address: evmAddress(), chain: EVM });
    expect(json).toMatchObject({ chain: EVM, chains: [EVM], creditsAddresses: [evmCredits(EVM)] });
    const { json: starknet } = await register(key, { address: starknetAddress() });
    expect(starknet).toMatchObject({
      chains: [STARKNET],
      creditsAddresses: [{ chain: STARKNET, address: CREDITS.starknet, token: TOKENS.starknet, symbol: 'USDC' }],
    });
  });

  it('knows an address in every way of writing it', async () => {
    const { key } = await api.createCustomer();
    const evm = evmAddress();
    const felt = '0x00000000000000000000000000000000000000000000000000000000abcdef12';
    const written = [evm, `0x${evm.slice(2).toUpperCase()}`, getAddress(evm)].map((address) => ({ address }));
    const felts = [felt, `0x${felt.slice(2).toUpperCase()}`, '0xabcdef12', '0xABCDEF12', '0x0AbCdEf12'];
    for (const body of [...written, ...felts.map((address) => ({ address, chain: STARKNET }))]) {
      expect((await register(key, body)).status).toBe(200);
    }
    expect(await sendersOf(key)).toMatchObject([{ address: felt }, { address: evm }]);
  });

  it.each([
    ['a wrong checksum', () => ({ address: mistyped(getAddress(evmAddress())) }), 'checksum'],
    ['a short felt without chain', () => ({ address: '0x1234' }), 'name the chain'],
    ['a short address on EVM', () => ({ address: '0x1234', chain: EVM }), '40 hex digits'],
    ['the zero address', () => ({ address: `0x${'0'.repeat(40)}` }), 'zero address'],
    ['the zero felt', () => ({ address: '0x0', chain: STARKNET }), 'zero address'],
    ['a felt that no account has', () => ({ address: `0x${'f'.repeat(64)}` }), '2^251 - 256'],
    ['the token', () => ({ address: TOKENS.evm }), 'token contract'],
    ['the credits address', () => ({ address: CREDITS.evm }), 'credits address'],
    ['the credits address of Starknet, unpadded', () => ({ address: '0xC0FFE2', chain: STARKNET }), 'credits address'],
  ])('refuses %s', async (_name, body, reason) => {
    const { key } = await api.createCustomer();
    const { status, json } = await register(key, body());
    expect(status).toBe(400);
    expect(json['detail']).toContain(reason);
    expect(await sendersOf(key)).toEqual([]);
  });

  it('again changes the label and nothing else', async () => {
    const { key } = await api.createCustomer();
    const address = evmAddress();
    const first = await register(key, { address, label: 'one' });
    const same = await register(key, { address });
    const renamed = await register(key, { address, label: 'two' });
    expect(same.json).toEqual(first.json);
    expect(renamed.json).toEqual({ ...first.json, label: 'two' });
  });

  it('is refused while another org holds it, and free once that one lets go', async () => {
    const [one, two] = [await api.createCustomer(), await api.createCustomer()];
    const address = evmAddress();
    const { json } = await register(one.key, { address });
    const refused = await register(two.key, { address, label: 'mine' });
    expect([refused.status, refused.json['code']]).toEqual([409, 'SENDER_CLAIMED']);
    expect(refused.text).not.toContain(one.org);
    expect(await sendersOf(two.key)).toEqual([]);
    const path = `/treasury/senders/${String(json['senderId'])}`;
    const unbound = await api.call('DELETE', path, { key: one.key });
    expect([unbound.status, unbound.text]).toEqual([204, '']);
    expect((await api.call('DELETE', path, { key: one.key })).status).toBe(404);
    expect((await register(two.key, { address })).status).toBe(200);
    const kept = await queryRows<unknown>(api.db, 'SELECT org FROM sender WHERE address = ? ORDER BY bound_at', [
      address,
    ]);
    expect(kept.rows).toEqual([{ org: one.org }, { org: two.org }]);
  });

  it('on other chains leaves an address to several orgs, but never the same chain twice', async () => {
    const [one, two, three] = [await api.createCustomer(), await api.createCustomer(), await api.createCustomer()];
    const address = evmAddress();
    expect((await register(one.key, { address, chain: EVM })).status).toBe(200);
    expect((await register(two.key, { address, chain: EVM_TOO })).status).toBe(200);
    expect((await register(three.key, { address })).status).toBe(409);
    expect((await register(one.key, { address })).status).toBe(409);
  });

  it.each([
    ['both for the family', undefined, undefined, false],
    ['both on one chain', EVM, EVM, false],
    ['one for the family, one on a chain', undefined, EVM, false],
    ['both for the family, of an address that was let go', undefined, undefined, true],
    ['one for the family, one on a chain, of an address that was let go', undefined, EVM, true],
  ])('by twelve orgs at the same instant, %s: one wins', async (_name, even, odd, isKnown) => {
    const customers = await Promise.all(Array.from({ length: 12 }, async () => api.createCustomer()));
    const address = evmAddress();
    if (isKnown) {
      const { key } = await api.createCustomer();
      const { json } = await register(key, { address });
      await api.call('DELETE', `/treasury/senders/${String(json['senderId'])}`, { key });
    }
    const answers = await Promise.all(
      customers.map(async ({ key }, index) => {
        const chain = index % 2 === 0 ? even : odd;
        return register(key, chain === undefined ? { address } : { address, chain });
      }),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ json }) => json['code'] === 'SENDER_CLAIMED')).toHaveLength(11);
  });

  it('twelve times by one org at the same instant makes one sender', async () => {
    const { key } = await api.createCustomer();
    const address = evmAddress();
    const answers = await Promise.all(
      Array.from({ length: 12 }, async () => register(key, { address, packId: 'pro' })),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await sendersOf(key)).toHaveLength(1);
  });
});

describe('a pack that comes with it', () => {
  it('opens an order for 24 hours, and once while that is open', async () => {
    const { key, org } = await api.createCustomer();
    const address = evmAddress();
    const first = await register(key, { address, packId: 'growth' });
    const again = await register(key, { address, packId: 'growth' });
    const other = await register(key, { address, packId: 'starter' });
    expect(again.json['orderId']).toBe(first.json['orderId']);
    expect(other.json['orderId']).not.toBe(first.json['orderId']);
    const { rows } = await queryRows<unknown>(
      api.db,
      `SELECT id, pack, price::text, free_gift_cards, expires_at - opened_at = interval '24 hours' AS day
       FROM pack_order WHERE org = ? ORDER BY opened_at, id`,
      [org],
    );
    expect(rows).toEqual([
      { id: first.json['orderId'], pack: 'growth', price: '25000000', free_gift_cards: 10, day: true },
      { id: other.json['orderId'], pack: 'starter', price: '5000000', free_gift_cards: 2, day: true },
    ]);
    api.advance(24 * 3_600_000);
    expect((await register(key, { address, packId: 'growth' })).json['orderId']).not.toBe(first.json['orderId']);
  });

  it('opens none when the sender is refused', async () => {
    const [one, two] = [await api.createCustomer(), await api.createCustomer()];
    const address = evmAddress();
    await register(one.key, { address });
    expect((await register(two.key, { address, packId: 'pro' })).status).toBe(409);
    const { rows } = await queryRows<unknown>(api.db, 'SELECT id FROM pack_order WHERE org = ?', [two.org]);
    expect(rows).toEqual([]);
  });
});

describe('where proof is required', () => {
  it('reserves nothing: several orgs may name one address, none of them owns it', async () => {
    const address = evmAddress();
    for (const { key } of [await strict.createCustomer(), await strict.createCustomer()]) {
      const { status, json } = await register(key, { address }, strict);
      expect(status).toBe(200);
      expect(json).toMatchObject({ state: 'unproven', note: expect.stringContaining('proof') });
      expect(await sendersOf(key, strict)).toMatchObject([{ address, state: 'unproven' }]);
    }
  });
});

describe('the list of senders', () => {
  it('is paged, newest first', async () => {
    const { key } = await api.createCustomer();
    const addresses: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      api.advance(1);
      addresses.unshift(String((await register(key, { address: evmAddress() })).json['address']));
    }
    const found: string[] = [];
    let cursor = '';
    for (let page = 0; page < 3; page += 1) {
      const { json } = await api.call('GET', `/treasury/senders?limit=2${cursor}`, { key });
      const reply = sendersReply.parse(json);
      found.push(...reply.senders.map(({ address }) => address));
      cursor = `&cursor=${reply.nextCursor ?? ''}`;
    }
    expect(found).toEqual(addresses);
  });
});
