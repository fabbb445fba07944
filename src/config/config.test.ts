import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig, type Config } from './config.ts';
import { ConfigError } from './error.ts';
import { Secret } from './secret.ts';
import { readApiProcesses } from './values.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coffer-config-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const chain = {
  caip2: 'eip155:8453',
  rpcUrls: ['https://one.example', 'https://two.example'],
  tokens: [{ symbol: 'USDC', address: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913' }],
  creditsAddress: '0x00000000000000000000000000000000c0ffe2ee',
  startBlock: 1,
};

/** The configuration that a file with this content gives. */
function read(content: unknown): Config {
  const path = join(folder, 'coffer.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readConfig({ COFFER_CONFIG: path });
}

/** The message with which that is refused. */
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

it('S26 trusted proxies are ranges or single addresses, as in the allow-list of a key', () => {
  const proxies = (text: string): readonly string[] => readConfig({ COFFER_TRUSTED_PROXIES: text }).trustedProxies;
  expect(proxies('10.0.0.0/8, 192.0.2.7,2001:DB8::7')).toEqual(['10.0.0.0/8', '192.0.2.7/32', '2001:db8::7/128']);
  expect(refusal(() => proxies('10.0.0.0/8,'))).toContain('COFFER_TRUSTED_PROXIES');
  expect(refusal(() => proxies('proxy.internal'))).toContain('proxy.internal is neither an address nor a range');
});

it('S20 what cannot work is refused: a deadline of nothing, and a setting given twice', () => {
  expect(refusal(() => readConfig({ COFFER_LEDGER_DEADLINE_MS: '0' }))).toContain('every call would fail');
  expect(refusal(() => read('{"senderPolicy": "first_come", "senderPolicy": "proof_required"}'))).toContain(
    'senderPolicy is given more than once',
  );
  expect(refusal(() => read(`${'['.repeat(40)}${']'.repeat(40)}`))).toContain('is not JSON');
});

describe('check-ins', () => {
  it('are off, with the documented defaults, and can be set', () => {
    const off = {
      enabled: false,
      creditsPerDay: 10n,
      streakBonus: 0n,
      streakDays: 7,
      timeZone: 'UTC',
      requireClaim: null,
    };
    expect(read({}).checkIn).toEqual(off);
    expect(read({ checkin: { enabled: true } }).checkIn).toEqual({ ...off, enabled: true });
    const all = { enabled: true, creditsPerDay: 5, streakBonus: 20, streakDays: 3, timeZone: 'Europe/Berlin' };
    const claimed = read({ checkin: { ...all, requireClaim: 'email_verified' } }).checkIn;
    expect(claimed).toEqual({ ...all, creditsPerDay: 5n, streakBonus: 20n, requireClaim: 'email_verified' });
  });

  it.each([
    [{}, 'checkin.enabled'],
    [{ enabled: true, creditsPerDay: 0 }, 'checkin.creditsPerDay: must be more than zero'],
    [{ enabled: true, creditsPerDay: 1.5 }, 'checkin.creditsPerDay'],
    [{ enabled: true, creditsPerDay: 1e16 }, 'checkin.creditsPerDay'],
    [{ enabled: true, streakBonus: -1 }, 'checkin.streakBonus'],
    [{ enabled: true, streakDays: 1 }, 'checkin.streakDays'],
    [{ enabled: true, timeZone: 'Mars/Olympus' }, 'checkin.timeZone: must be the name of a time zone'],
    [{ enabled: true, credits_per_day: 1 }, 'checkin'],
  ])('cannot be %j', (checkin, message) => {
    expect(refusal(() => read({ checkin }))).toContain(message);
  });

  it('give no more than one person may decide: on a thousand days, bonus included', () => {
    const checkin = { enabled: true, creditsPerDay: 9, streakBonus: 1 };
    expect(read({ checkin, adminEntryLimitUsd: '10.00' }).checkIn.creditsPerDay).toBe(9n);
    const above = { ...checkin, streakBonus: 2 };
    expect(refusal(() => read({ checkin: above, adminEntryLimitUsd: '10.00' }))).toContain(
      'checkin: gives more than adminEntryLimitUsd',
    );
    expect(refusal(() => read({ checkin, creditMicros: 1_001, adminEntryLimitUsd: '10.00' }))).toContain('checkin');
    expect(read({ checkin: { ...above, enabled: false }, adminEntryLimitUsd: '10.00' }).checkIn.enabled).toBe(false);
    expect(read({ checkin: above }).checkIn.streakBonus).toBe(2n);
  });
});

describe('S08 services', () => {
  it('of the deployment come after the built-in ones; a retired one is known and not offered', () => {
    const { services } = read({ services: [{ name: 'CHAT_V2' }, { name: 'FAX', retired: true }] });
    const builtIn = ['SKU_PURCHASE', 'GIFT_CARD', 'AI_API', 'GAS_SUBSIDY', 'ORG_CHARGE', 'FEATURE'];
    expect(services).toEqual({ offered: [...builtIn, 'CHAT_V2'], known: [...builtIn, 'CHAT_V2', 'FAX'] });
  });

  it.each(['AI_API', 'FEATURE', 'X402', 'chat', '1A', 'A'.repeat(41), ''])('cannot be called %j', (name) => {
    expect(refusal(() => read({ services: [{ name }] }))).toContain('services.0.name');
  });

  it('have different names', () => {
    expect(refusal(() => read({ services: [{ name: 'A' }, { name: 'A', retired: true }] }))).toContain('services');
  });
});

describe('chains', () => {
  it('have the documented defaults', () => {
    const { chains, senderPolicy } = read({ chains: [chain] });
    expect(senderPolicy).toBe('proof_required');
    expect(chains).toMatchObject([
      {
        tokens: [{ decimals: 6 }],
        devnet: false,
        caps: { perDepositMicros: 1_000_000_000n, outstandingMicros: 25_000_000_000n },
      },
    ]);
  });

  it('are not trusted to a single RPC unless that is said', () => {
    const single = { ...chain, rpcUrls: ['https://one.example'] };
    expect(refusal(() => read({ chains: [single] }))).toMatch(/eip155:8453 has a single RPC.*"quorum": 1/);
    expect(read({ chains: [{ ...single, quorum: 1 }] }).chains).toHaveLength(1);
    expect(read({ chains: [{ ...single, devnet: true }] }).chains).toHaveLength(1);
  });

  it.each([
    ['more RPCs than there are', { quorum: 3 }, 'quorum 3 of 2 RPCs is not possible'],
    ['one RPC to agree with itself', { rpcUrls: [chain.rpcUrls[0], chain.rpcUrls[0]] }, 'listed twice'],
    ['S13 one RPC, spelled with a slash', { rpcUrls: ['http://h:1', 'http://h:1/'] }, 'listed twice'],
    [
      'S13 one RPC, its host in capitals',
      { rpcUrls: ['https://one.example/v1', 'https://ONE.example/v1/'] },
      'listed twice',
    ],
    [
      'S13 one RPC, with its default port',
      { rpcUrls: ['https://one.example', 'https://one.example:443'] },
      'listed twice',
    ],
  ])('cannot ask %s', (_, change, reason) => {
    expect(refusal(() => read({ chains: [{ ...chain, ...change }] }))).toContain(reason);
    expect(refusal(() => read({ chains: [{ ...chain, ...change, devnet: true }] }))).toContain(reason);
    expect(read({ chains: [{ ...chain, quorum: 2 }] }).chains).toMatchObject([{ quorum: 2 }]);
  });

  it('S20 do not credit what is sent to a token, nor list a token twice', () => {
    const [usdc] = chain.tokens;
    const lower = { symbol: 'USDC', address: usdc?.address.toLowerCase() };
    expect(refusal(() => read({ chains: [{ ...chain, creditsAddress: usdc?.address }] }))).toContain(
      'creditsAddress is the contract of a token',
    );
    const other = { symbol: 'USDT', address: chain.creditsAddress };
    expect(refusal(() => read({ chains: [{ ...chain, knownTokens: [other] }] }))).toContain(
      'is the contract of a token',
    );
    expect(refusal(() => read({ chains: [{ ...chain, tokens: [usdc, lower] }] }))).toContain('a token is listed twice');
  });

  it('are listed once each', () => {
    const other = { ...chain, caip2: 'eip155:10' };
    expect(read({ chains: [chain, other] }).chains).toHaveLength(2);
    expect(refusal(() => read({ chains: [chain, other, chain] }))).toContain('eip155:8453 is configured twice');
  });

  it('may have policies by amount, which grow and stay below the cap', () => {
    const policy = { kind: 'depth', blocks: 4 };
    const tiers = [
      { uptoUsd: '10', policy },
      { uptoUsd: '1000', policy: { kind: 'finalized' } },
    ];
    expect(read({ chains: [{ ...chain, tiers, provisional: policy, reorgBlocksMax: 9 }] }).chains[0]).toMatchObject({
      tiers: [
        { uptoMicros: 10_000_000n, policy },
        { uptoMicros: 1_000_000_000n, policy: { kind: 'finalized', blocks: 0 } },
      ],
      provisional: policy,
      reorgBlocksMax: 9,
    });
    const refused = (change: object): string => refusal(() => read({ chains: [{ ...chain, tiers, ...change }] }));
    expect(refused({ finality: policy })).toMatch(/finality and tiers exclude each other/);
    expect(refused({ tiers: tiers.toReversed() })).toMatch(/tiers must grow by uptoUsd/);
    expect(refused({ tiers: [{ uptoUsd: '1000.01', policy }] })).toMatch(/above caps.perDepositUsd/);
  });

  it('name the list of senders beside the file that they stand in', () => {
    const screening = { listFile: 'senders.json' };
    expect(read({ chains: [chain], screening }).screeningListFile).toBe(join(folder, 'senders.json'));
    expect(read({ chains: [chain] }).screeningListFile).toBeUndefined();
    expect(read({ chains: [chain], screening: { listFile: '/etc/senders.json' } }).screeningListFile).toBe(
      '/etc/senders.json',
    );
  });

  it('may name other coins, be only watched, and have a least deposit', () => {
    const knownTokens = [{ symbol: 'USDT', address: `0x${'1'.repeat(40)}` }];
    const one = { ...chain, knownTokens, watchOnly: true, minDepositUsd: '0.5' };
    expect(read({ chains: [one] }).chains[0]).toMatchObject({
      knownTokens,
      watchOnly: true,
      minDepositMicros: 500_000n,
    });
    expect(read({ chains: [{ ...chain, minDepositUsd: '0' }] }).chains[0]?.minDepositMicros).toBe(0n);
    expect(read({ chains: [chain] }).chains[0]?.minDepositMicros, 'S01').toBe(10_000n);
    const both = [{ symbol: 'USDC', address: chain.tokens[0]?.address.toLowerCase() }];
    expect(refusal(() => read({ chains: [{ ...chain, knownTokens: both }] }))).toContain(
      'in tokens and in knownTokens',
    );
  });

  it('have caps in dollars', () => {
    const caps = { perDepositUsd: '0.000001', outstandingUsd: '1500.5' };
    expect(read({ chains: [{ ...chain, caps }] }).chains[0]?.caps).toEqual({
      perDepositMicros: 1n,
      outstandingMicros: 1_500_500_000n,
    });
  });

  it.each([
    ['the file', { chains: [], colour: 'red' }, '(top): ', 'colour'],
    ['a chain', { chains: [{ ...chain, colour: 'red' }] }, 'chains.0: ', 'colour'],
    ['a token', { chains: [{ ...chain, tokens: [{ ...chain.tokens[0], name: 'x' }] }] }, 'chains.0.tokens.0: ', 'name'],
    ['its caps', { chains: [{ ...chain, caps: { perDepositUSD: '1' } }] }, 'chains.0.caps: ', 'perDepositUSD'],
    ['its finality', { chains: [{ ...chain, finality: { kind: 'depth', depth: 1 } }] }, 'chains.0.finality: ', 'depth'],
  ])('refuse a member of %s that nobody knows, and say where', (_, content, path, name) => {
    const message = refusal(() => read(content));
    expect(message).toContain(path);
    expect(message).toContain(`"${name}"`);
  });

  it.each([
    [
      'an amount with seven decimals',
      { caps: { perDepositUsd: '0.0000001' } },
      'caps.perDepositUsd: must be a decimal',
    ],
    ['an amount as a number', { caps: { outstandingUsd: 5 } }, 'caps.outstandingUsd: must be a decimal USD amount'],
    ['a tier without its amount', { tiers: [{ policy: { kind: 'finalized' } }] }, 'tiers.0.uptoUsd: is required'],
    ['a token of 18 decimals', { tokens: [{ ...chain.tokens[0], decimals: 18 }] }, 'tokens.0.decimals: '],
    ['an RPC that is no URL', { rpcUrls: ['one.example'] }, 'rpcUrls.0: '],
    ['a chain of another family', { caip2: 'solana:1' }, 'caip2: '],
  ])('refuse %s', (_, change, problem) => {
    expect(refusal(() => read({ chains: [{ ...chain, ...change }] }))).toContain(`chains.0.${problem}`);
  });

  it('are refused with the file when that is missing or no JSON', () => {
    expect(refusal(() => read('{'))).toContain('is not JSON');
    expect(refusal(() => readConfig({ COFFER_CONFIG: join(folder, 'none') }))).toContain('cannot read');
  });
});

describe('variables', () => {
  it.each([
    ['COFFER_LOG_LEVEL', 'loud', 'trace, debug, info, warn, error, silent'],
    ['COFFER_ROLES', 'api,cook', 'api, detector, events'],
    ['PORT', '65536', 'up to 65535'],
    ['PORT', '8e3', 'up to 65535'],
    ['COFFER_LEDGER_DEADLINE_MS', '-1', 'up to 60000'],
    ['COFFER_HOLD_DEFAULT_SECONDS', '0', 'at least a second'],
    ['COFFER_KEY_PEPPER_FILE', '/nowhere/at/all', 'cannot read /nowhere/at/all'],
    ['COFFER_TRACES_URL', 'collector:4318', 'http or https URL'],
    ['COFFER_TRACES_SHARE', '1.5', 'a number from 0 to 1'],
  ])('%s=%s is refused in so many words', (name, value, reason) => {
    const message = refusal(() => readConfig({ [name]: value }));
    expect(message).toMatch(new RegExp(`^${name}: `));
    expect(message).toContain(reason);
  });

  it('that are empty count as not set', () => {
    expect(readConfig({ PORT: '', COFFER_LOG_LEVEL: '' })).toMatchObject({ port: 8080, logLevel: 'info' });
  });
});

describe('secrets', () => {
  it('print themselves nowhere, and are there for who asks', () => {
    const pepper = join(folder, 'pepper');
    const password = 'a password that nobody else has';
    writeFileSync(pepper, `${password}, in the pepper`);
    const config = readConfig({
      DATABASE_URL: `postgres://app:${password}@db.example/coffer`,
      DATABASE_OWNER_URL: `postgres://owner:${password}@db.example/coffer`,
      COFFER_KEY_PEPPER_FILE: pepper,
    });
    expect(config.keyPepperFile).toBe(pepper);
    const secrets = [config.databaseUrl, config.databaseOwnerUrl];
    for (const secret of secrets) {
      expect(secret).toBeInstanceOf(Secret);
      expect(secret?.reveal()).toContain(password);
      // String() is what a template does.
      const printed = [String(secret), [secret].join(' ')];
      for (const text of [...printed, inspect(secret), JSON.stringify(secret)]) expect(text).not.toContain(password);
    }
    const whole = [inspect(config, { depth: 9, showHidden: true }), JSON.stringify(config, withoutBigints)];
    for (const text of whole) expect(text).not.toContain(password);
  });

  it.each(['DATABASE_URL', 'DATABASE_OWNER_URL'] as const)('may stand in a file instead: %s', (name) => {
    const path = join(folder, 'url');
    writeFileSync(path, 'postgres://app:hunter2@db.example/coffer\n');
    const { databaseUrl, databaseOwnerUrl } = readConfig({ [`${name}_FILE`]: path });
    const found = name === 'DATABASE_URL' ? databaseUrl : databaseOwnerUrl;
    expect(found?.reveal()).toBe('postgres://app:hunter2@db.example/coffer');
    expect(refusal(() => readConfig({ [name]: 'postgres://other', [`${name}_FILE`]: path }))).toContain('not both');
    expect(refusal(() => readConfig({ [`${name}_FILE`]: join(folder, 'nothing') }))).toContain('cannot read');
    writeFileSync(path, '\n');
    expect(refusal(() => readConfig({ [`${name}_FILE`]: path }))).toContain('is empty');
  });

  it('stay out of the message when one of them is refused', () => {
    const short = join(folder, 'short');
    writeFileSync(short, 'hunter2');
    const message = refusal(() => readConfig({ COFFER_KEY_PEPPER_FILE: short }));
    expect(message).toContain('fewer than 32 characters');
    expect(message).not.toContain('hunter2');
  });
});

function withoutBigints(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

it('the number of processes that serve callers is that of the variable, else goes by the cores', () => {
  expect(readConfig({ COFFER_API_PROCESSES: '3' }).apiProcesses).toBe(3);
  expect([1, 2, 3, 4, 7, 8, 96].map((cores) => readApiProcesses(undefined, cores))).toEqual([1, 1, 1, 2, 2, 2, 2]);
  for (const text of ['0', '65', '1.5', 'all']) {
    expect(refusal(() => readConfig({ COFFER_API_PROCESSES: text }))).toContain('COFFER_API_PROCESSES');
  }
});
