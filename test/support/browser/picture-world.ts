/** A deployment whose ids, times and amounts are always the same, so that its pages always look the same. */
import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { freePort } from '../../../devnet/free-port.ts';
import { signInSettings, startIssuer, type Issuer } from '../../../devnet/issuer.ts';
import { depositId, ledgerKey, uuidV5, walletId } from '../../../src/core/ids.ts';
import { inputHash } from '../../../src/core/ledger/entry.ts';
import { DEPOSIT_TERMS } from '../../../src/core/ledger/head.ts';
import { usdcAccount } from '../../../src/core/ledger/vocabulary.ts';
import { createOrg } from '../../../src/db/access/orgs.ts';
import { noteByHand } from '../../../src/db/deposits/acts.ts';
import { storeVotes } from '../../../src/db/deposits/votes.ts';
import { writeDeposit, type DepositToWrite } from '../deposits/rows.ts';
import { startTestApi, type TestApi } from '../http/api.ts';
import { openPage, type Look, type WatchedPage } from './chromium.ts';
import { passSignIn } from './walk.ts';

const PROJECT = join(import.meta.dirname, '..', '..', '..');
const START_MS = Date.UTC(2026, 8, 3, 9, 30);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = 27;
const MICROS = 1_000_000n;
const BLOCKS_APART = 43;

const BASE = 'eip155:8453';
const ARBITRUM = 'eip155:42161';
const USDC = {
  [BASE]: '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913',
  [ARBITRUM]: '0xaf88d065e77c8cc2239327c5edb3a432268e5831',
} as const;
const TREASURY = '0x9d3a6b07c1e24f58a0d7be915c42f3867e1ab0c4';
/** The address that the org of the pictures sends from. */
export const SENDER = '0x5b38da6a701c568545dcfcb03fcb875f56beddc4';
const ORG = uuidV5('picture', 'Acme Robotics');
const NODES = ['base-rpc.example', 'nodes.example', 'archive.example'] as const;

/** Hex digits that are always the same, and look like those of a hash. */
const hashed = (name: string): string => `0x${hash('sha256', `picture:${name}`)}`;

export interface PictureWorld {
  readonly url: string;
  readonly hosts: readonly string[];
  /** The time at which every page is looked at. */
  readonly nowMs: number;
  /** A deposit that left the chain once, was read again and credited. */
  readonly traced: string;
  /** A page of the app, for somebody who is signed in, or for nobody. */
  open(user: 'ada' | 'opal' | undefined, look: Look): Promise<WatchedPage>;
  stop(): Promise<void>;
}

/** People sign in at the machine's time, which the tokens of the issuer are checked by; then the time is set, and history made. */
export async function openPictureWorld(browser: Browser): Promise<PictureWorld> {
  execFileSync(process.execPath, ['setup/dashboard.mjs'], { cwd: PROJECT, stdio: 'pipe' });
  const [port, issuer] = await Promise.all([freePort(), startIssuer()]);
  let setMs: number | undefined;
  const clock = {
    nowMs: () => setMs ?? Date.now(),
    elapsedMs: () => performance.now(),
    after: (delayMs: number, callback: () => void) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  };
  const api = await startTestApi(
    'first_come',
    [BASE, ARBITRUM].map((caip2) => chainOf(caip2 as keyof typeof USDC)),
    { sso: signInSettings(issuer) },
    { PORT: String(port), COFFER_PUBLIC_URL: `http://127.0.0.1:${port}` },
    { clock, jobs: false },
  );
  const site = { url: api.url(), hosts: [new URL(api.url()).host, new URL(issuer.url).host] };
  const createdAt = new Date(START_MS);
  await createOrg(api.db, { id: ORG, name: 'Acme Robotics', externalId: 'acme', createdAt });
  for (const name of ['Acme Robotics Labs', 'Northwind Traders', 'Blue Harbour Studios'])
    await createOrg(api.db, { id: uuidV5('picture', name), name, externalId: null, createdAt });
  issuer.setPerson({ user: 'ada', orgs: { [ORG]: 'owner' } });
  issuer.setPerson({ user: 'opal', platformAdmin: true });
  const cookies = { ada: await signedIn(browser, site, 'ada'), opal: await signedIn(browser, site, 'opal') };
  setMs = START_MS;
  const history = new History(api, {
    now: () => new Date(setMs ?? START_MS),
    pass: (ms) => void (setMs = (setMs ?? START_MS) + ms),
  });
  const traced = await history.make();
  const nowMs = setMs;
  return {
    ...site,
    nowMs,
    traced,
    open: async (user, look) => {
      const opened = await openPage(browser, site.hosts, { ...look, nowMs });
      if (user !== undefined) await opened.context.addCookies(cookies[user]);
      return opened;
    },
    stop: async () => stopAll(api, issuer),
  };
}

async function stopAll(api: TestApi, issuer: Issuer): Promise<void> {
  await api.stop();
  await issuer.stop();
}

async function signedIn(
  browser: Browser,
  site: { readonly url: string; readonly hosts: readonly string[] },
  user: string,
): Promise<Awaited<ReturnType<BrowserContext['cookies']>>> {
  const { context, page } = await openPage(browser, site.hosts);
  await passSignIn(page, site.url, user);
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

function chainOf(caip2: keyof typeof USDC): object {
  return {
    caip2,
    rpcUrls: NODES.map((_, index) => `http://127.0.0.1:${index + 1}`),
    tokens: [{ symbol: 'USDC', address: USDC[caip2] }],
    creditsAddress: TREASURY,
    startBlock: 0,
    expectedSeconds: caip2 === BASE ? 20 : 15,
    finality: { kind: 'depth', blocks: 10 },
  };
}

interface Passing {
  readonly now: () => Date;
  readonly pass: (ms: number) => void;
}

/** Four weeks of an org, and what waits on the desk. */
class History {
  readonly #api: TestApi;
  readonly #time: Passing;
  readonly #wallet = walletId({ kind: 'org', id: ORG });
  readonly #credited = { [BASE]: 0n, [ARBITRUM]: 0n };
  #block = 35_120_400;

  constructor(api: TestApi, time: Passing) {
    this.#api = api;
    this.#time = time;
  }

  /** @returns the deposit to be traced */
  async make(): Promise<string> {
    const admin = await this.#api.createKey({ kind: 'admin' });
    const key = await this.#api.createKey({ org: ORG });
    const call = async (by: string, method: string, path: string, body: object): Promise<void> => {
      const { status, text } = await this.#api.call(method, path, { key: by, body });
      if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    };
    await call(key, 'PATCH', '/treasury/settings', { lowBalanceThresholdUsd: '150', criticalThresholdUsd: '50' });
    await call(key, 'POST', '/treasury/register-sender', { address: SENDER, label: 'Treasury, cold wallet' });
    await this.#credit('first', 500n);
    let traced = '';
    for (let day = 0; day < DAYS; day += 1) {
      this.#time.pass(DAY_MS - 5 * HOUR_MS);
      if (day === 9) await this.#credit('second', 250n, ARBITRUM);
      if (day === 21) traced = await this.#trace();
      if (day === 16) {
        const [amountUsd, reason] = ['25', 'Thank you for the interview'];
        await call(admin, 'POST', `/admin/orgs/${ORG}/entries`, { type: 'GRANT', amountUsd, reason });
      }
      await call(key, 'POST', '/treasury/debit', spendOf(2 * day));
      this.#time.pass(5 * HOUR_MS);
      await call(key, 'POST', '/treasury/debit', spendOf(2 * day + 1));
    }
    const held = { serviceType: 'AI_API', amountUsd: '12.50', reference: 'render-81', idempotencyKey: 'render-81' };
    await call(key, 'POST', '/treasury/hold', held);
    this.#time.pass(4 * 60_000);
    await this.#arrive();
    await this.#compareBooks();
    this.#time.pass(90_000);
    return traced;
  }

  /** A deposit, with the entry that the detector writes for it. */
  async #credit(name: string, usd: bigint, chain: keyof typeof USDC = BASE): Promise<string> {
    const whose = { org: ORG, wallet: this.#wallet, chain, token: USDC[chain] };
    const deposit = await this.#seen(name, usd, { state: 'credited', reason: null, ...whose });
    this.#credited[chain] += usd * MICROS;
    const command = {
      op: 'credit',
      type: 'DEPOSIT',
      amountMicros: usd * MICROS,
      contra: usdcAccount(chain),
      terms: DEPOSIT_TERMS,
      deposit: deposit.id,
      notes: { reference: deposit.txHash, remark: `USDC deposit on ${chain}` },
    } as const;
    const key = ledgerKey('deposit', `${deposit.id}:0`);
    const input = inputHash(`deposit:${deposit.id}`);
    const { entries } = await this.#api.writer.submit({ wallet: this.#wallet, command, key, inputHash: input });
    await this.#api.db.raw('UPDATE deposit SET entry_seq = ?, credited_at = ?, hard_final_at = ? WHERE id = ?', [
      entries[0]?.seq ?? 0,
      this.#time.now(),
      this.#time.now(),
      deposit.id,
    ]);
    return deposit.id;
  }

  async #seen(name: string, usd: bigint, more: DepositToWrite): Promise<{ id: string; txHash: string }> {
    this.#block += BLOCKS_APART;
    const at = this.#time.now();
    const given = { chain: BASE, token: USDC[BASE], to: TREASURY, from: SENDER, amount: usd * MICROS, at };
    return writeDeposit(this.#api.db, { ...given, txHash: hashed(name), blockNumber: this.#block, ...more });
  }

  /** A deposit with all that the desk may want to know: two blocks, the nodes' votes, a note. */
  async #trace(): Promise<string> {
    const { db } = this.#api;
    const [name, usd] = ['traced', 150n];
    const [seenAt, goneAt] = [this.#time.now(), new Date(this.#time.now().getTime() + 14_000)];
    const txHash = hashed(name);
    const identity = { chain: BASE, token: USDC[BASE], txHash, ordinal: 0 };
    const block = this.#block + BLOCKS_APART - 1;
    for (const [height, orphanedAt, at] of [
      [block, goneAt, seenAt],
      [block + 1, null, goneAt],
    ] as const) {
      await db.raw(
        `INSERT INTO deposit_observation (chain, token, tx_hash, ordinal, block_hash, block_number, block_time,
           from_address, to_address, amount, orphaned_at, observed_at) VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          BASE,
          USDC[BASE],
          txHash,
          hashed(`block ${height}`),
          height,
          at,
          SENDER,
          TREASURY,
          String(usd * MICROS),
          orphanedAt,
          at,
        ],
      );
    }
    const about = { txHash, token: USDC[BASE], ordinal: 0 };
    const seen = NODES.map((rpc) => ({ ...about, rpc, vote: 'log_seen', detail: `block ${block + 1}` }) as const);
    await storeVotes(db, BASE, seen, goneAt);
    this.#time.pass(36_000);
    const rpc = NODES[1];
    await storeVotes(
      db,
      BASE,
      [{ ...about, rpc, vote: 'receipt_holds', detail: 'status 1, 12 confirmations' }],
      this.#time.now(),
    );
    await this.#credit(name, usd);
    const id = depositId(identity);
    const words = 'Asked about it in the chat while its first block was being replaced; credited a minute later.';
    await noteByHand(db, { id: uuidV5('picture', 'note'), deposit: id, actor: 'opal', words, at: this.#time.now() });
    return id;
  }

  /** What is on its way, and what nobody has claimed. */
  async #arrive(): Promise<void> {
    const { db } = this.#api;
    await this.#seen('arriving', 250n, { org: ORG, state: 'confirming', reason: null });
    const head = this.#block + 6;
    for (const chain of [BASE, ARBITRUM])
      await db.raw(
        `INSERT INTO chain_cursor (chain, start_block, next_block, head_block, credit_block, hard_final_block, scanned_at)
         VALUES (?, 0, ?, ?, ?, ?, ?)`,
        [chain, head + 1, head, head - 10, head - 10, this.#time.now()],
      );
    for (const [name, usd, minutes] of [
      ['stray', 75n, 12],
      ['exchange', 1_200n, 47],
      ['old', 40n, 1_630],
    ] as const) {
      const at = new Date(this.#time.now().getTime() - minutes * 60_000);
      await this.#seen(name, usd, { from: hashed(`from ${name}`).slice(0, 42), at });
    }
  }

  /** What the jobs found when they last compared chains, deposits and books. */
  async #compareBooks(): Promise<void> {
    const { db } = this.#api;
    const at = this.#time.now();
    const { rows } = (await db.raw(
      'SELECT (available + held)::text AS total FROM entry WHERE wallet = ? ORDER BY seq DESC LIMIT 1',
      [this.#wallet],
    )) as { rows: { total: string }[] };
    await db.raw('INSERT INTO owed_check (wallets, owed_micros, debt_micros, checked_at) VALUES (1, ?, 0, ?)', [
      rows[0]?.total ?? '0',
      at,
    ]);
    for (const [chain, open] of [
      [BASE, 1_565n * MICROS],
      [ARBITRUM, 0n],
    ] as const) {
      const sum = this.#credited[chain];
      await db.raw(
        `INSERT INTO books_check (account, ledger_micros, source_micros, faults, fault_count, checked_at) VALUES (?, ?, ?, '[]', 0, ?)`,
        [usdcAccount(chain), String(sum), String(sum), at],
      );
      await db.raw(
        'INSERT INTO chain_audit (chain, outgoing_next, notices_next, addresses_known, audited_block, audited_at) VALUES (?, ?, ?, 1, ?, ?)',
        [chain, this.#block, this.#block, this.#block, at],
      );
      await db.raw(
        `INSERT INTO watched_balance (chain, token, address, checked_block, checked_at, found_amount, reckoned_amount, state)
         VALUES (?, ?, ?, ?, ?, ?, ?, 'OK')`,
        [chain, USDC[chain], TREASURY, this.#block, at, String(sum + open), String(sum + open)],
      );
    }
  }
}

/** What is spent: more on some days, for one of three services. */
function spendOf(nth: number): object {
  const cents = 300 + ((nth * 397) % 1_150);
  const serviceType = (['AI_API', 'AI_API', 'GAS_SUBSIDY', 'AI_API', 'GIFT_CARD'] as const)[nth % 5];
  const amountUsd = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
  const about = nth % 2 === 0 ? { teamId: 'research' } : { appId: 'support-chat' };
  const job = `job-${4_100 + nth}`;
  return { serviceType, amountUsd, reference: job, idempotencyKey: job, ...about };
}
