/** What the endpoints work with, and what they know of chains and holds. */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { ChainFamily } from '../core/chains/address.ts';
import type { CreditRules } from '../core/chains/finality.ts';
import type { ChainReader } from '../core/senders/chain-reader.ts';
import type { TokenBook } from '../core/chains/token-book.ts';
import type { SenderPolicy } from '../core/senders/registration.ts';
import type { SharedAddress } from '../core/senders/shared-addresses.ts';
import type { Database } from '../db/database.ts';
import type { LedgerWriter } from '../db/ledger/writer.ts';
import type { Guard } from './access/guard.ts';

/** What the API needs to know of a chain; addresses in canonical form. */
export interface ChainInfo {
  /** CAIP-2 id. */
  readonly chain: string;
  readonly family: ChainFamily;
  /** Where orgs send to. */
  readonly creditsAddress: string;
  readonly tokens: readonly { readonly symbol: string; readonly address: string }[];
  /** When deposits on it are credited. */
  readonly rules: CreditRules;
}

/** How long holds last, in milliseconds. */
export interface HoldDurations {
  /** Where the caller names no time. */
  readonly defaultMs: number;
  /** The most that a caller may name. */
  readonly maxMs: number;
}

/** What the endpoints of the surfaces work with. */
export interface SurfaceDeps {
  readonly guard: Guard;
  /** Sees the ledger's tables and what belongs to no org. Endpoints for admins are given one that sees everything. */
  readonly db: Database;
  /** Sees the rows of that org and of no other. */
  readonly forOrg: (org: string) => Database;
  /** Sees every org: for what is decided between them (whose is an address, whose is a deposit), and for nothing else. */
  readonly crossing: Database;
  readonly writer: Pick<LedgerWriter, 'submit'>;
  readonly clock: Clock;
  /** The chains that orgs may send on. */
  readonly chains: readonly ChainInfo[];
  /** CAIP-2 ids of every configured chain, those included that are only watched. */
  readonly chainNames: readonly string[];
  /** Names of tokens, those included that are only recorded. */
  readonly tokens: TokenBook;
  readonly log: Logger;
  readonly senderPolicy: SenderPolicy;
  readonly holds: HoldDurations;
  /** The EVM address at an index below an extended public key, canonical. */
  readonly deriveDepositAddress: (xpub: string, index: number) => string;
  /** Asks a chain, by its CAIP-2 id. */
  readonly readers: ReadonlyMap<string, ChainReader>;
  /** The URL under which people know this deployment: proofs are signed for it. */
  readonly publicUrl: string;
  /** Addresses that nobody may register. */
  readonly sharedAddresses: readonly SharedAddress[];
}
