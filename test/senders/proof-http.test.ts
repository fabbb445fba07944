/** Registering with a proof, over HTTP. Keys alone sign here: no node is asked, and none is there. */
import {
  hashMessage,
  parseSignature,
  serializeCompactSignature,
  serializeSignature,
  signatureToCompactSignature,
  toHex,
} from 'viem';
import { generatePrivateKey, privateKeyToAccount, sign } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { registerSenderReply, sendersReply } from '../../src/http/treasury/schemas.ts';
import { EVM, EVM_TOO, STARKNET, startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { ask, newSigner, prove, registerProven, text } from '../support/senders/proofs.ts';
import { queryRows } from '../support/process/query.ts';

/** Order of secp256k1 (SEC 2, section 2.4.1). */
const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

let open: TestApi;
let strict: TestApi;
beforeAll(async () => {
  [open, strict] = await Promise.all([startTestApi('first_come'), startTestApi('proof_required')]);
});
afterAll(async () => Promise.all([open.stop(), strict.stop()]));

const register = async (api: TestApi, key: string, body: object): Promise<Answer> =>
  api.call('POST', '/treasury/register-sender', { key, body });

async function sendersOf(api: TestApi, key: string): Promise<unknown[]> {
  return sendersReply.parse((await api.call('GET', '/treasury/senders', { key })).json).senders;
}

/** Who held an address, in order, and who does now. */
async function historyOf(api: TestApi, address: string): Promise<unknown[]> {
  const kept = await queryRows<unknown>(
    api.db,
    `SELECT org, state, unbound_at IS NULL AS now FROM sender WHERE address = ? ORDER BY unbound_at NULLS LAST, bound_at`,
    [address],
  );
  return kept.rows;
}

describe('where proof is required', () => {
  it('a registration answers what to sign, and is bound once that comes back', async () => {
    const { key } = await strict.createCustomer();
    const signer = newSigner();
    const waiting = await register(strict, key, { address: signer.address, label: 'till' });
    const { challenge, ...shown } = registerSenderReply.parse(waiting.json);
    expect(shown).toMatchObject({ state: 'unproven', provenAt: null, chain: null });
    if (!challenge) throw new Error('there is no challenge');
    expect(challenge).toMatchObject({ chain: EVM, address: signer.address, purpose: 'register', txHash: null });
    const proof = { message: challenge.message, signature: await signer.sign(challenge.message) };
    const proven = registerSenderReply.parse((await register(strict, key, { address: signer.address, proof })).json);
    expect(proven).toMatchObject({ state: 'bound', senderId: shown.senderId, label: 'till', chain: null });
    expect(proven.chains).toEqual([EVM, EVM_TOO]);
    expect(proven.provenAt).not.toBeNull();
    expect(proven).not.toHaveProperty('challenge');
    expect(await sendersOf(strict, key)).toMatchObject([{ state: 'bound', provenAt: proven.provenAt }]);
  });

  it('what is signed names the deployment, the chain, the org and the address as its wallet shows it', async () => {
    const { key, org } = await strict.createCustomer();
    const { address } = privateKeyToAccount(generatePrivateKey());
    const { message } = await ask(strict, key, { purpose: 'register', address: address.toLowerCase(), chain: EVM_TOO });
    const lines = text(message).split('\n');
    expect(lines[0]).toMatch(/^127\.0\.0\.1:0 wants you to sign in/);
    expect(lines[1]).toBe(address);
    expect(lines).toEqual(
      expect.arrayContaining(['URI: http://127.0.0.1:0', 'Chain ID: 84532', `- urn:coffer:org:${org}`]),
    );
  });

  it('a proof for one chain binds that chain, where one is named', async () => {
    const { key } = await strict.createCustomer();
    const signer = newSigner();
    expect((await registerProven(strict, key, signer, EVM_TOO)).json).toMatchObject({ chain: EVM_TOO, state: 'bound' });
  });
});

describe('a proof that is none', () => {
  test('A31 a proof that was used is not taken again, by nobody', async () => {
    const [one, two] = [await open.createCustomer(), await open.createCustomer()];
    const signer = newSigner();
    const { address } = signer;
    const proof = await prove(open, one.key, { purpose: 'register', address }, signer);
    expect((await register(open, one.key, { address, proof })).status).toBe(200);
    const again = await register(open, one.key, { address, proof });
    expect([again.status, again.json['code']]).toEqual([409, 'IDEMPOTENCY_CONFLICT']);
    // Taken over meanwhile: the old proof must not bring the address back.
    expect((await registerProven(open, two.key, signer)).status).toBe(200);
    const replayed = await register(open, one.key, { address, proof });
    expect([replayed.status, replayed.json['code']]).toEqual([409, 'IDEMPOTENCY_CONFLICT']);
    expect((await register(open, two.key, { address, proof })).status).toBe(400);
    expect(await historyOf(open, address)).toMatchObject([
      { org: one.org, now: false },
      { org: two.org, now: true },
    ]);
  });

  test('A31 of twelve uses of one proof at the same instant one counts', async () => {
    const { key } = await strict.createCustomer();
    const signer = newSigner();
    const proof = await prove(strict, key, { purpose: 'register', address: signer.address }, signer);
    const answers = await Promise.all(
      Array.from({ length: 12 }, async () => register(strict, key, { address: signer.address, proof })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ json }) => json['code'] === 'IDEMPOTENCY_CONFLICT')).toHaveLength(11);
  });

  test('A31 a challenge is good for ten minutes', async () => {
    const { key } = await strict.createCustomer();
    const signer = newSigner();
    const late = await prove(strict, key, { purpose: 'register', address: signer.address }, signer);
    strict.advance(9 * 60_000);
    const inTime = await prove(strict, key, { purpose: 'register', address: signer.address }, signer);
    strict.advance(61_000);
    const refused = await register(strict, key, { address: signer.address, proof: late });
    expect([refused.status, refused.json['detail']]).toEqual([400, expect.stringContaining('expired')]);
    expect((await register(strict, key, { address: signer.address, proof: inTime })).status).toBe(200);
  });

  test('A31 a nonce that was never handed out is worth nothing', async () => {
    const { key } = await strict.createCustomer();
    const signer = newSigner();
    const { message } = await ask(strict, key, { purpose: 'register', address: signer.address });
    const invented = text(message).replace(/^Nonce: .*$/m, `Nonce: ${'0'.repeat(32)}`);
    const proof = { message: invented, signature: await signer.sign(invented) };
    expect((await register(strict, key, { address: signer.address, proof })).status).toBe(400);
  });

  test.each([
    ['another site', /127\.0\.0\.1:0 wants/, 'evil.example wants'],
    ['another URI', /URI: .*/, 'URI: https://evil.example'],
    ['another chain', /Chain ID: .*/, 'Chain ID: 1'],
    ['another org', /urn:coffer:org:.{36}/, 'urn:coffer:org:00000000-0000-4000-8000-000000000001'],
    ['a later end', /Expiration Time: .*/, 'Expiration Time: 2099-01-01T00:00:00.000Z'],
  ])('A32 a signature for %s is refused, well made as it is', async (_, pattern, put) => {
    const { key } = await strict.createCustomer();
    const signer = newSigner();
    const { message } = await ask(strict, key, { purpose: 'register', address: signer.address });
    const altered = text(message).replaceAll(new RegExp(pattern, 'gm'), put);
    expect(altered).not.toBe(message);
    const altogether = altered.replace(/org [0-9a-f-]{36}\.$/m, `org ${/org:(.{36})/.exec(altered)?.[1]}.`);
    const proof = { message: altogether, signature: await signer.sign(altogether) };
    const { status, json } = await register(strict, key, { address: signer.address, proof });
    expect([status, json['detail']]).toEqual([400, expect.stringContaining('is not what was handed out')]);
    // The handed-out message with the signature of the altered one.
    const crossed = await register(strict, key, { address: signer.address, proof: { ...proof, message } });
    expect([crossed.status, crossed.json['detail']]).toEqual([503, expect.stringContaining('cannot be asked')]);
    expect(await sendersOf(strict, key)).toEqual([]);
  });

  test('A32 a proof is for its org, its address and its purpose', async () => {
    const [one, two] = [await strict.createCustomer(), await strict.createCustomer()];
    const [mine, other] = [newSigner(), newSigner()];
    const proof = await prove(strict, one.key, { purpose: 'register', address: mine.address }, mine);
    const foreign = await register(strict, two.key, { address: mine.address, proof });
    expect([foreign.status, foreign.json['detail']]).toEqual([
      400,
      expect.stringContaining('not a challenge that this org'),
    ]);
    const moved = await register(strict, one.key, { address: other.address, proof });
    expect([moved.status, moved.json['detail']]).toEqual([400, expect.stringContaining('this very address')]);
    const about = { purpose: 'claim', address: mine.address, chain: EVM, txHash: `0x${'1'.repeat(64)}` };
    const claim = await prove(strict, one.key, about, mine);
    expect((await register(strict, one.key, { address: mine.address, proof: claim })).status).toBe(400);
    expect((await register(strict, one.key, { address: mine.address, proof })).status).toBe(200);
  });

  it('is one of another key, and nothing is bound while nobody can say that it is a contract’s', async () => {
    const { key } = await strict.createCustomer();
    const [signer, thief] = [newSigner(), newSigner()];
    const proof = await prove(strict, key, { purpose: 'register', address: signer.address }, thief);
    const { status, json, headers } = await register(strict, key, { address: signer.address, proof });
    expect([status, json['code'], headers.get('retry-after')]).toEqual([503, 'LEDGER_UNAVAILABLE', '1']);
    expect(await sendersOf(strict, key)).toEqual([]);
  });

  it.each([
    ['no message', { signature: '0x12' }],
    ['no signature', { message: 'x' }],
    ['a signature that is no hex', { message: 'x', signature: '0x123' }],
    ['an empty list of felts', { message: 'x', signature: [] }],
    ['a field too many', { message: 'x', signature: '0x12', more: 1 }],
    ['a message that is none of ours', { message: 'please', signature: '0x12' }],
    ['a text', 'proof'],
  ])('is refused with %s', async (_, proof) => {
    const { key } = await strict.createCustomer();
    const { status, json } = await register(strict, key, { address: newSigner().address, proof });
    expect([status, json['code']]).toEqual([400, 'VALIDATION_FAILED']);
  });
});

describe('the form of a signature', () => {
  const privateKey = generatePrivateKey();
  const { address } = privateKeyToAccount(privateKey);
  const answer = async (form: (message: string) => Promise<string>): Promise<Answer> => {
    const { key } = await strict.createCustomer();
    const { message } = await ask(strict, key, { purpose: 'register', address });
    return register(strict, key, { address, proof: { message, signature: await form(text(message)) } });
  };

  it('may be 65 bytes, with 0 or 27 as the first recovery id, or 64 after EIP-2098', async () => {
    const compact = await answer(async (message) => {
      const signature = await sign({ hash: hashMessage(message), privateKey });
      return serializeCompactSignature(signatureToCompactSignature(signature));
    });
    const plain = await answer(async (message) => sign({ hash: hashMessage(message), privateKey, to: 'hex' }));
    const zero = await answer(async (message) => {
      const signature = await sign({ hash: hashMessage(message), privateKey, to: 'hex' });
      return `${signature.slice(0, 130)}0${parseSignature(signature).yParity}`;
    });
    expect([compact.status, plain.status, zero.status]).toEqual([200, 200, 200]);
  });

  it('is the one with the low s: its mirror image is not taken', async () => {
    const { status } = await answer(async (message) => {
      const { r, s, yParity } = await sign({ hash: hashMessage(message), privateKey });
      const mirrored = toHex(CURVE_ORDER - BigInt(s), { size: 32 });
      return serializeSignature({ r, s: mirrored, yParity: yParity === 0 ? 1 : 0 });
    });
    expect(status).toBe(503);
  });
});

describe('two orgs and one address', () => {
  test('F43 A37 whoever proves it takes it over from the first to come, and what was stays', async () => {
    const [one, two] = [await open.createCustomer(), await open.createCustomer()];
    const signer = newSigner();
    const { address } = signer;
    expect((await register(open, one.key, { address })).json).toMatchObject({ state: 'bound', provenAt: null });
    const refused = await register(open, two.key, { address });
    expect([refused.status, refused.json['code']]).toEqual([409, 'SENDER_CLAIMED']);
    expect(refused.json['detail']).toContain('/treasury/sender-challenge');
    expect((await registerProven(open, two.key, signer)).json).toMatchObject({ state: 'bound' });
    expect(await sendersOf(open, one.key)).toEqual([]);
    expect(await historyOf(open, address)).toEqual([
      { org: one.org, state: 'bound', now: false },
      { org: two.org, state: 'bound', now: true },
    ]);
    // Without a proof it does not come back.
    expect((await register(open, one.key, { address })).status).toBe(409);
  });

  test('A37 a proven address moves with the key: a fresh proof by another org takes it over', async () => {
    const [one, two] = [await strict.createCustomer(), await strict.createCustomer()];
    const signer = newSigner();
    expect((await registerProven(strict, one.key, signer)).status).toBe(200);
    expect((await register(strict, two.key, { address: signer.address })).status).toBe(409);
    expect((await registerProven(strict, two.key, signer)).status).toBe(200);
    expect(await historyOf(strict, signer.address)).toEqual([
      { org: one.org, state: 'bound', now: false },
      { org: two.org, state: 'bound', now: true },
    ]);
  });

  test('A37 an address that another org only named does not stand in the way', async () => {
    const [one, two] = [await strict.createCustomer(), await strict.createCustomer()];
    const signer = newSigner();
    await register(strict, one.key, { address: signer.address });
    expect((await registerProven(strict, two.key, signer)).json).toMatchObject({ state: 'bound' });
    expect(await sendersOf(strict, one.key)).toMatchObject([{ state: 'unproven' }]);
    expect((await register(strict, one.key, { address: signer.address })).status).toBe(409);
  });

  test.each([
    ['for the family', undefined, undefined],
    ['for a chain and for the family', EVM, undefined],
    ['for the family and for a chain', undefined, EVM],
  ])('A37 twelve orgs prove it at the same instant, %s: each chain has one owner', async (_, even, odd) => {
    const customers = await Promise.all(Array.from({ length: 12 }, async () => strict.createCustomer()));
    const signer = newSigner();
    const answers = await Promise.all(
      customers.map(async ({ key }, index) => registerProven(strict, key, signer, index % 2 === 0 ? even : odd)),
    );
    expect(answers.map(({ status }) => status)).toEqual(customers.map(() => 200));
    const held = await queryRows<{ chain: string | null }>(
      strict.db,
      `SELECT chain FROM sender WHERE address = ? AND unbound_at IS NULL AND state = 'bound'`,
      [signer.address],
    );
    const chains = held.rows.map(({ chain }) => chain ?? 'family');
    expect(new Set(chains).size).toBe(chains.length);
    expect(chains.length).toBeGreaterThan(0);
  });
});

describe('an address that is nobody’s own', () => {
  test.each([
    ['an exchange', '0x28C6c06298d514Db089934071355E5743bf21d60', 'hot wallet of Binance'],
    ['a router', '0x66a9893cc07d91d95644aedd05d03f95e1dba8af', 'Universal Router'],
    ['a bridge', '0x28b5a0e9c621a5badaa536219b3a228c8168cf5d', 'CCTP'],
    ['a token of another chain', '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913', 'USDC token of Base'],
    ['a bridge of Starknet', '0x5cd48fccbfd8aa2773fe22c217e808319ffcc1c5a6a463f7d8fa2da48218196', 'StarkGate'],
  ])('A36 %s cannot be registered, with or without a proof', async (_, address, name) => {
    const { key } = await open.createCustomer();
    const refused = await register(open, key, { address });
    expect([refused.status, refused.json['detail']]).toEqual([400, expect.stringContaining(name)]);
    const asked = await open.call('POST', '/treasury/sender-challenge', {
      key,
      body: { purpose: 'register', address },
    });
    expect(asked.status).toBe(400);
    expect(await sendersOf(open, key)).toEqual([]);
  });

  test('A36 nor can a deposit address, be it the org’s own', async () => {
    const { key, org } = await open.createCustomer();
    const address = `0x${'d1'.padStart(64, '0')}`;
    await open.db.raw(
      `INSERT INTO deposit_address (family, number, org, address, key_index, public_key, class_hash, salt, first_blocks,
         created_at) VALUES ('starknet', 1, ?, ?, 0, '0x1', '0x2', '0x3', '{}', now())`,
      [org, address],
    );
    const refused = await register(open, key, { address: '0xd1', chain: STARKNET });
    expect([refused.status, refused.json['detail']]).toEqual([400, expect.stringContaining('deposit address')]);
  });
});

describe('challenges', () => {
  it('are for whoever may register senders, and for known chains', async () => {
    const { org } = await open.createCustomer();
    const reader = await open.createKey({ org, scopes: ['treasury:read'] });
    const body = { purpose: 'register', address: newSigner().address };
    expect((await open.call('POST', '/treasury/sender-challenge', { key: reader, body })).status).toBe(403);
    expect((await open.call('POST', '/treasury/sender-challenge', { body })).status).toBe(401);
    const { key } = await open.createCustomer();
    const unknown = { ...body, chain: 'eip155:5' };
    expect((await open.call('POST', '/treasury/sender-challenge', { key, body: unknown })).status).toBe(400);
    const mixed = { ...body, txHash: `0x${'1'.repeat(64)}` };
    expect((await open.call('POST', '/treasury/sender-challenge', { key, body: mixed })).status).toBe(400);
  });

  it('on Starknet are typed data for its chain', async () => {
    const { key } = await open.createCustomer();
    const challenge = await ask(open, key, { purpose: 'register', address: '0xabc', chain: STARKNET });
    expect(challenge).toMatchObject({
      chain: STARKNET,
      address: `0x${'abc'.padStart(64, '0')}`,
      message: { primaryType: 'OwnershipProof', domain: { chainId: 'SN_SEPOLIA', revision: '1' } },
    });
  });

  it('take up no more room than a thousand each: the oldest give way', async () => {
    const { key, org } = await open.createCustomer();
    const address = newSigner().address;
    await open.db.raw(
      `INSERT INTO ownership_challenge (nonce, org, chain, address, purpose, domain, uri, issued_at, expires_at)
       SELECT lpad(to_hex(n), 32, '0'), ?, ?, ?, 'register', 'd', 'u', now() - interval '1 minute' + n * interval '1 ms',
         now() + interval '9 minutes' FROM generate_series(1, 1000) n`,
      [org, EVM, address],
    );
    await ask(open, key, { purpose: 'register', address });
    const count = async (): Promise<unknown> => {
      const left = await queryRows<unknown>(
        open.db,
        'SELECT count(*)::integer, min(nonce) AS first FROM ownership_challenge WHERE org = ?',
        [org],
      );
      return left.rows[0];
    };
    // The first, and oldest, is gone.
    expect(await count()).toMatchObject({ count: 1_000, first: '2'.padStart(32, '0') });
    open.advance(11 * 60_000);
    await ask(open, key, { purpose: 'register', address });
    expect(await count()).toMatchObject({ count: 901 });
  });
});
