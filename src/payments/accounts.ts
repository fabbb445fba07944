/** The accounts at payment providers that this deployment works with: the platform's from its files, orgs' from the database. */
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { accountHookContext, accountKeyContext } from '../core/billing/account-secrets.ts';
import type { OrgAccount, OrgAccountChange, OrgAccounts } from '../core/billing/catalog.ts';
import {
  accountName,
  PROVIDERS_OF_ORGS,
  readAccountName,
  type AccountName,
  type Provider,
} from '../core/billing/facts.ts';
import type { Vault } from '../core/access/vault.ts';
import type { Clock } from '../core/clock.ts';
import {
  findAccount,
  listAccounts,
  noteLack,
  noteNoLack,
  storeOrgAccount,
  type StoredAccount,
} from '../db/billing/accounts.ts';
import { findKeyMark, storeIdentity } from '../db/billing/account-identity.ts';
import type { Database } from '../db/database.ts';
import { ProviderFailed, type ProviderAccount, type ProviderFault } from './port.ts';
import { readStripeKey } from './stripe/key.ts';

/** Most webhook secrets of one account. */
export const WEBHOOK_SECRETS_MAX = 4;
/** Most accounts that are kept open at once. */
const OPEN_MAX = 1_000;
const LAST_SHOWN = 4;
const KEY_MARK_LENGTH = 16;
/** From one try to find out whose a key is to the next. */
const IDENTIFY_AGAIN_MS = 60_000;
const LEFT_BEHIND =
  "an org's key belongs to another account than before: customers, saved methods and products of the former one are used no more";

/** The platform's own account at a provider, as it is configured. */
export interface PlatformAccount {
  readonly secretKey: string;
  readonly webhookSecrets: readonly string[];
}

/** How an account at each provider is opened. Its SDK is loaded for the first one: the two take half a second of a start. */
const OPENERS = {
  stripe: async () => (await import('./stripe/account.ts')).openStripeAccount,
  creem: async () => (await import('./creem/account.ts')).openCreemAccount,
} as const;

/** Accounts that a process is given; undefined for the name of any other. */
export type GivenAccounts = (name: AccountName) => ProviderAccount | undefined;

export interface AccountsOptions {
  readonly db: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn' | 'info'>;
  readonly platform: Partial<Record<Provider, PlatformAccount>>;
  /** Where a provider is, for a fake. */
  readonly apiUrls?: Readonly<Partial<Record<Provider, string | undefined>>>;
  /** Accounts in place of those that are configured or stored, by name. */
  readonly given?: GivenAccounts | undefined;
}

/** An account that is kept open. */
interface Held {
  readonly key: string;
  readonly account: ProviderAccount;
  /** Whether it is known which account at the provider the key belongs to. */
  isIdentified: boolean;
  triedAtMs: number;
}

type OpenAccount = Awaited<ReturnType<(typeof OPENERS)[Provider]>>;

const providerOf = (name: AccountName): Provider => readAccountName(name)?.provider ?? 'stripe';

export class PaymentAccounts implements OrgAccounts {
  readonly #options: AccountsOptions;
  readonly #open = new Map<AccountName, Held>();

  constructor(options: AccountsOptions) {
    this.#options = options;
  }

  /** The account with its key; undefined when it has none. An org's new key is asked first which account it belongs to. */
  async find(name: AccountName): Promise<ProviderAccount | undefined> {
    const given = this.#options.given?.(name);
    if (given !== undefined) return given;
    const key = await this.#keyOf(name);
    if (key === undefined) return undefined;
    const open = await OPENERS[providerOf(name)]();
    const held = this.#hold(name, key, open);
    const org = readAccountName(name)?.org ?? null;
    const isDue = this.#options.clock.nowMs() - held.triedAtMs >= IDENTIFY_AGAIN_MS;
    if (org !== null && !held.isIdentified && isDue) await this.#identify(held, org);
    return held.account;
  }

  #hold(name: AccountName, key: string, open: OpenAccount): Held {
    const before = this.#open.get(name);
    if (before?.key === key) return before;
    const { clock, apiUrls = {} } = this.#options;
    const account = open({ name, secretKey: key, clock, apiUrl: apiUrls[providerOf(name)] });
    this.#open.delete(name);
    const held: Held = { key, account, isIdentified: false, triedAtMs: -Infinity };
    this.#open.set(name, held);
    const [oldest] = this.#open.size > OPEN_MAX ? this.#open.keys() : [];
    if (oldest !== undefined) this.#open.delete(oldest);
    return held;
  }

  /** The secrets that verify webhooks of an account. @param find how the account is read from the database */
  async webhookSecretsOf(
    name: AccountName,
    find = async (one: AccountName): Promise<StoredAccount | undefined> => findAccount(this.#options.db, one),
  ): Promise<readonly string[]> {
    const { vault } = this.#options;
    const named = readAccountName(name);
    if (named === undefined) return [];
    if (named.org === null) return this.#options.platform[named.provider]?.webhookSecrets ?? [];
    const stored = await find(name);
    return (stored?.webhookSecrets ?? []).map((sealed) => vault.open(accountHookContext(name), sealed));
  }

  /** The names of all accounts that have a key. */
  async list(): Promise<AccountName[]> {
    const stored = await listAccounts(this.#options.db);
    const own = Object.keys(this.#options.platform);
    return [...own, ...stored.filter(({ secret }) => secret !== null).map(({ name }) => name)];
  }

  /** An org's own account as people may see it: no secret is part of it. */
  async describe(org: string): Promise<OrgAccount> {
    const { db, vault } = this.#options;
    const name = accountName('stripe', org);
    const stored = await findAccount(db, name);
    const [hook] = stored?.webhookSecrets ?? [];
    return {
      mode: stored?.mode ?? null,
      keyLast4: stored?.secretLast4 ?? null,
      webhookSecretLast4: hook === undefined ? null : vault.open(accountHookContext(name), hook).slice(-LAST_SHOWN),
      lacks: [...new Set(Object.values(stored?.lacks ?? {}))],
    };
  }

  check({ secretKey }: OrgAccountChange): void {
    if (typeof secretKey === 'string') readStripeKey(secretKey);
  }

  /**
   * Changes the key and the webhook secret of an org's own account; what is undefined stays, null removes.
   * @throws Refusal VALIDATION_FAILED when the key is not a secret key; nothing is changed then
   */
  async change(org: string, { secretKey, webhookSecret }: OrgAccountChange): Promise<void> {
    const hooks = webhookSecret === null ? [] : webhookSecret === undefined ? undefined : [webhookSecret];
    if (secretKey !== undefined || hooks !== undefined) await this.#store(org, secretKey, hooks);
  }

  /**
   * Stores the key and the webhook secrets of an org's own account.
   * @throws Refusal VALIDATION_FAILED when the key is not a secret key
   */
  async store(org: string, { secretKey, webhookSecrets }: PlatformAccount): Promise<void> {
    await this.#store(org, secretKey, webhookSecrets.slice(0, WEBHOOK_SECRETS_MAX));
  }

  async #store(org: string, key: string | null | undefined, hooks: readonly string[] | undefined): Promise<void> {
    const { db, vault, clock } = this.#options;
    const name = accountName('stripe', org);
    const keyed =
      typeof key === 'string'
        ? {
            mode: readStripeKey(key).mode,
            secret: vault.seal(accountKeyContext(name), key),
            secretLast4: key.slice(-LAST_SHOWN),
          }
        : { mode: null, secret: null, secretLast4: null };
    await storeOrgAccount(
      db,
      { name, org, at: new Date(clock.nowMs()) },
      {
        key: key === undefined ? undefined : keyed,
        webhookSecrets: hooks?.map((one) => vault.seal(accountHookContext(name), one)),
      },
    );
  }

  /**
   * Finds out which account at the provider an org's key belongs to, once for each key. Where it is another account than before, what
   * was made at the former one is used no more. Where it cannot be found out now, it is tried again later.
   */
  async #identify(held: Held, org: string): Promise<void> {
    const { db, clock, log } = this.#options;
    const { account, key } = held;
    const { name } = account;
    held.triedAtMs = clock.nowMs();
    const keyMark = createHash('sha256').update(key).digest('hex').slice(0, KEY_MARK_LENGTH);
    if ((await findKeyMark(db, name)) !== keyMark) {
      try {
        const providerAccount = await account.identify();
        await this.note(name, 'identify', undefined);
        const at = new Date(clock.nowMs());
        const former = await storeIdentity(db, { name, org, providerAccount, keyMark, at });
        if (former !== undefined) log.warn({ account: name, former, now: providerAccount }, LEFT_BEHIND);
      } catch (error) {
        if (!(error instanceof ProviderFailed)) throw error;
        await this.note(name, 'identify', error.fault);
        return;
      }
    }
    held.isIdentified = true;
  }

  /**
   * Notes whether a kind of call to an account is refused for something that it lacks.
   * @param what the kind, such as `sweep` or `refund`. @param fault undefined when the call succeeded
   */
  async note(name: AccountName, what: string, fault: ProviderFault | undefined): Promise<void> {
    const { db, clock, log } = this.#options;
    const at = new Date(clock.nowMs());
    if (fault === undefined) {
      await noteNoLack(db, { name, what, at });
      return;
    }
    const { lacks } = fault;
    if (lacks === null) return;
    const org = readAccountName(name)?.org ?? null;
    const isNew = await noteLack(db, { name, org, what, lacks, at });
    if (isNew) log.warn({ account: name, what, lacks }, 'a payment account lacks something');
  }

  async #keyOf(name: AccountName): Promise<string | undefined> {
    const { db, vault, platform } = this.#options;
    const named = readAccountName(name);
    if (named === undefined) return undefined;
    if (named.org === null) return platform[named.provider]?.secretKey;
    if (!PROVIDERS_OF_ORGS.includes(named.provider)) return undefined;
    const sealed = (await findAccount(db, name))?.secret ?? null;
    return sealed === null ? undefined : vault.open(accountKeyContext(name), sealed);
  }
}
