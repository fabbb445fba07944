/** What the steps of one chain share. */
import type { Clock } from '../../src/core/clock.ts';
import { canonicalAddress, familyOf, type ChainFamily } from '../../src/core/chains/address.ts';
import type { Asset } from '../../src/core/deposits/classify.ts';
import { creditRulesOf, type CreditRules, type FinalityPolicy, type Heights } from '../../src/core/chains/finality.ts';
import type { SenderPolicy } from '../../src/core/senders/registration.ts';
import type { Block } from '../../src/core/chains/transfer.ts';
import type { Database } from '../../src/db/database.ts';
import type { LedgerWriter } from '../../src/db/ledger/writer.ts';
import type { RpcFault } from '../rpc/fault.ts';
import type { Screener } from '../credit/screening.ts';
import { WatchSet } from './watch-set.ts';

/** Structured log lines: `{ event: 'deposit.credited', ... }`. A pino logger is one. Errors are alarms. */
export interface DetectorLog {
  info(fields: Readonly<Record<string, unknown>>): void;
  warn(fields: Readonly<Record<string, unknown>>): void;
  error(fields: Readonly<Record<string, unknown>>): void;
}

/** One chain as it is configured; addresses in any writing. */
export interface ChainSettings {
  readonly caip2: string;
  readonly rpcUrls: readonly string[];
  readonly wsUrl?: string | undefined;
  readonly tokens: readonly { readonly symbol: string; readonly address: string; readonly decimals: number }[];
  readonly creditsAddress: string;
  readonly startBlock: number;
  /** Other tokens whose transfers to us are recorded and never credited. */
  readonly knownTokens?: readonly { readonly symbol: string; readonly address: string }[] | undefined;
  /** Nothing on this chain is credited: what reaches our addresses there is recorded. */
  readonly watchOnly?: boolean | undefined;
  /** Below this, in micros, a deposit is dust. */
  readonly minDepositUsd?: bigint | undefined;
  readonly finality?: FinalityPolicy | undefined;
  /** Policies by amount, in place of the one; amounts in micros. */
  readonly tiers?: readonly { readonly uptoUsd: bigint; readonly policy: FinalityPolicy }[] | undefined;
  /** The earlier policy, for orgs that have a limit for it. */
  readonly provisional?: FinalityPolicy | undefined;
  /** How many RPCs must say the same; 2 where there are two or more, unless it is said. */
  readonly quorum?: number | undefined;
  /** Above this, in micros, a quorum's receipts must hold a deposit before it is credited; up to it one RPC's. */
  readonly confirmAboveUsd?: bigint | undefined;
  /** How many blocks the chain may replace before credits and reversals stand still. */
  readonly reorgBlocksMax?: number | undefined;
  /** Blocks below the head that the chain counts as not taking back, where no quorum names such a height. */
  readonly hardFinalDepth?: number | undefined;
  /** A chain for trying things out, where nothing is at stake. */
  readonly devnet?: boolean | undefined;
  /** In micros. */
  readonly caps: { readonly perDepositUsd: bigint; readonly outstandingUsd: bigint };
}

export interface ChainContext {
  readonly chain: string;
  readonly family: ChainFamily;
  /** Canonical addresses of the tokens that are credited. */
  readonly tokens: readonly string[];
  /** Tokens that are read and recorded, and never credited. */
  readonly knownTokens: readonly string[];
  /** What a transfer of a known token is recorded as. */
  readonly knownAsset: Exclude<Asset, 'credited'>;
  /** Above this a quorum of RPCs must confirm the receipt of a deposit; up to it one does. */
  readonly confirmAboveMicros: bigint;
  /** Below this a deposit is dust; 0 where there is none. */
  readonly minDepositMicros: bigint;
  /** Addresses that are ours: what a transfer to them is a deposit. */
  readonly recipients: ReadonlySet<string>;
  /** Where the recipients come from: each scan takes up the new ones. */
  readonly watch: WatchSet;
  readonly startBlock: number;
  /** Blocks below the newest checkpoint that every scan reads again. */
  readonly overlapBlocks: number;
  readonly rules: CreditRules;
  /** A rewrite deeper than this freezes the chain. */
  readonly reorgBlocksMax: number;
  readonly senderPolicy: SenderPolicy;
  readonly db: Database;
  readonly ledger: LedgerWriter;
  readonly clock: Clock;
  readonly log: DetectorLog;
  /** Asked before anything is credited; undefined: nobody is screened. */
  readonly screener?: Screener | undefined;
}

/** How far a chain has been read, and what of it is final. */
export interface Reach {
  readonly heights: Heights;
  /** The newest block that a quorum of RPCs agrees on. */
  readonly target: Block;
  /** First block that has not been read to the end. */
  readonly nextBlock: number;
  /** Deposits below this block may be credited: higher than nextBlock while old blocks are still to be read. */
  readonly creditBelow: number;
  /** There is more to read than one round reads: the next should follow at once. */
  readonly behind: boolean;
  /** Why old blocks could not be read, where the head could: what it holds is credited before that is dealt with. */
  readonly stuck?: RpcFault | undefined;
}

/** Every token whose transfers are read. */
export function watchedTokens({ tokens, knownTokens }: Pick<ChainContext, 'tokens' | 'knownTokens'>): string[] {
  return [...tokens, ...knownTokens];
}

/** What a token is to us on this chain. */
export function assetOf({ tokens, knownAsset }: Pick<ChainContext, 'tokens' | 'knownAsset'>, token: string): Asset {
  return tokens.includes(token) ? 'credited' : knownAsset;
}

/** About 12 minutes of Starknet, 20 of Ethereum: longer than the reorgs that happen without an incident. */
const OVERLAP_BLOCKS: Readonly<Record<ChainFamily, number>> = { starknet: 256, eip155: 96 };
/** On chains with a block every second or two: Optimism, Base, Arbitrum, and their Sepolias. */
const OVERLAP_BLOCKS_L2 = 300;
const L2S: ReadonlySet<string> = new Set([10, 8_453, 42_161, 11_155_420, 84_532, 421_614].map((id) => `eip155:${id}`));

/** The context of a configured chain. @throws when an address in it is none. */
export function buildContext(
  config: ChainSettings,
  shared: Pick<ChainContext, 'senderPolicy' | 'db' | 'ledger' | 'clock' | 'log' | 'screener'>,
): ChainContext {
  const family = familyOf(config.caip2);
  const watch = new WatchSet(canonicalAddress(family, config.creditsAddress));
  const { tokens, knownTokens = [], watchOnly = false } = config;
  const overlapBlocks = L2S.has(config.caip2) ? OVERLAP_BLOCKS_L2 : OVERLAP_BLOCKS[family];
  const canonical = (list: readonly { readonly address: string }[]): string[] =>
    list.map(({ address }) => canonicalAddress(family, address));
  return {
    ...shared,
    chain: config.caip2,
    family,
    tokens: watchOnly ? [] : canonical(tokens),
    knownTokens: canonical(watchOnly ? [...tokens, ...knownTokens] : knownTokens),
    knownAsset: watchOnly ? 'unlisted_chain' : 'wrong_asset',
    confirmAboveMicros: config.confirmAboveUsd ?? 0n,
    minDepositMicros: config.minDepositUsd ?? 0n,
    recipients: watch.addresses,
    watch,
    startBlock: config.startBlock,
    overlapBlocks,
    rules: creditRulesOf(family, config),
    // Reorgs up to the overlap happen without an incident; what is deeper is for people to look at.
    reorgBlocksMax: config.reorgBlocksMax ?? overlapBlocks,
  };
}
