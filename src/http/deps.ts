/** What the endpoints depend on, and what they know about chains and holds. */
import type { Logger } from 'pino';
import type { Cashier } from '../core/billing/cashier.ts';
import type { SubscriptionDesk } from '../core/subscriptions/desk.ts';
import type { Catalog, OrgAccounts } from '../core/billing/catalog.ts';
import type { DisputeDesk } from '../core/billing/dispute-desk.ts';
import type { AccountName, PaymentMode } from '../core/billing/facts.ts';
import type { Clock } from '../core/clock.ts';
import type { CheckInRules } from '../core/credits/check-in.ts';
import type { ChainFamily } from '../core/chains/address.ts';
import type { CreditRules } from '../core/chains/finality.ts';
import type { ChainReader } from '../core/senders/chain-reader.ts';
import type { TokenBook } from '../core/chains/token-book.ts';
import type { SenderPolicy } from '../core/senders/registration.ts';
import type { SharedAddress } from '../core/senders/shared-addresses.ts';
import type { Services } from '../core/ledger/vocabulary.ts';
import type { Database } from '../db/database.ts';
import type { LedgerWriter } from '../db/ledger/writer.ts';
import type { Peppers } from '../core/access/peppers.ts';
import type { Vault } from '../core/access/vault.ts';
import type { Guard } from './access/guard.ts';
import type { RefusalNotes } from './money/refusals.ts';

/** What the API needs to know about a chain; addresses in canonical form. */
export interface ChainInfo {
  /** CAIP-2 id. */
  readonly chain: string;
  readonly family: ChainFamily;
  /** The shared address that orgs send to. */
  readonly creditsAddress: string;
  readonly tokens: readonly { readonly symbol: string; readonly address: string }[];
  /** When deposits on it are credited. */
  readonly rules: CreditRules;
  /** How long a deposit usually takes to be credited, as configured; null: nobody says. */
  readonly expectedSeconds: number | null;
}

/** How long holds last, in milliseconds, and how many may be open. */
export interface HoldTerms {
  /** Used when the caller names no duration. */
  readonly defaultMs: number;
  /** The longest that a caller may name. */
  readonly maxMs: number;
  /** How many of one wallet may be open. */
  readonly openMax: number;
}

/** How card payments are taken. */
export interface CardPayments {
  readonly cashier: Cashier;
  readonly catalog: Catalog;
  readonly orgAccounts: OrgAccounts;
  /** Which money counts in this deployment. */
  readonly mode: PaymentMode;
  /** Changes subscriptions. */
  readonly subscriptions: SubscriptionDesk;
  /** Answers disputes. */
  readonly disputes: DisputeDesk;
  /** The platform's account; undefined where none is configured, or where its key is of the other mode. */
  readonly account: { readonly name: AccountName; readonly mode: PaymentMode } | undefined;
  /** Origins that payers may be sent back to; empty: any for keys, this service for people. */
  readonly redirectOrigins: readonly string[];
  /** Bounds of a free top-up. */
  readonly topup: { readonly minDollars: number; readonly maxDollars: number };
}

/** What the endpoints of the surfaces depend on. */
export interface SurfaceDeps {
  readonly guard: Guard;
  /** Sees the ledger's tables and rows without an org. Endpoints for operators get one that sees everything. */
  readonly db: Database;
  /** Sees the rows of that org only. */
  readonly forOrg: (org: string) => Database;
  /** Sees every org. Only for decisions between orgs: which one owns an address or a deposit. */
  readonly crossing: Database;
  readonly writer: Pick<LedgerWriter, 'submit'>;
  readonly clock: Clock;
  /** Keeps refused commands of orgs for a while, so that they can be explained. */
  readonly refusals: Pick<RefusalNotes, 'note'>;
  /** Seals and opens what is private. */
  readonly vault: Vault;
  /** The chains that orgs may send on. */
  readonly chains: readonly ChainInfo[];
  /** CAIP-2 ids of all configured chains, including those that are only watched. */
  readonly chainNames: readonly string[];
  /** Names of tokens, including those that are only recorded. */
  readonly tokens: TokenBook;
  readonly log: Logger;
  readonly senderPolicy: SenderPolicy;
  readonly holds: HoldTerms;
  readonly services: Services;
  /** The most that an org may let a free gift card pay for, in micros, unless a minter allows it more. */
  readonly giftCardMaxMicros: bigint;
  /** What creates more credit by hand than this needs a second person; undefined: nothing does. */
  readonly adminEntryLimitMicros: bigint | undefined;
  /** The secrets under which keys are hashed. */
  readonly peppers: Peppers;
  readonly cards: CardPayments;
  /** What one credit is worth, in micros. */
  readonly creditMicros: bigint;
  /** What a check-in gives until an operator sets something else. */
  readonly checkIn: CheckInRules;
  /** Gives what derives the EVM address at an index under an extended public key, in canonical form. */
  readonly loadAddressDeriver: () => Promise<(xpub: string, index: number) => string>;
  /** A reader for each chain that can be asked, by CAIP-2 id. */
  readonly readers: ReadonlyMap<string, ChainReader>;
  /** The public URL of this deployment, which proofs of ownership are signed for. */
  readonly publicUrl: string;
  /** What comes before the paths of links in answers. */
  readonly linkBase: string;
  /** Addresses that no org may register, because many people send from them. */
  readonly sharedAddresses: readonly SharedAddress[];
}
