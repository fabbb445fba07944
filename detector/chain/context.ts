/** What the steps of reading and crediting one chain share: its settings in canonical form, and its services. */
import type { Clock } from '../../src/core/clock.ts';
import { canonicalAddress, familyOf, type ChainFamily } from '../../src/core/chains/address.ts';
import type { Asset } from '../../src/core/deposits/classify.ts';
import { creditRulesOf, type CreditRules } from '../../src/core/chains/finality.ts';
import type { SenderPolicy } from '../../src/core/senders/registration.ts';
import type { Database } from '../../src/db/database.ts';
import type { LedgerWriter } from '../../src/db/ledger/writer.ts';
import type { DetectorLog } from './log.ts';
import type { Screener } from './screener.ts';
import type { ChainSettings } from './settings.ts';
import { WatchSet } from './watch-set.ts';

export interface ChainContext {
  readonly chain: string;
  readonly family: ChainFamily;
  /** Canonical addresses of the tokens that are credited. */
  readonly tokens: readonly string[];
  /** Canonical addresses of the tokens that are read and recorded, but never credited. */
  readonly knownTokens: readonly string[];
  /** As what a transfer of a known token is recorded. */
  readonly knownAsset: Exclude<Asset, 'credited'>;
  /** Above this amount a quorum of RPCs must confirm the receipt of a deposit; up to it one RPC. */
  readonly confirmAboveMicros: bigint;
  /** Below this amount a deposit is dust; 0 where nothing is. */
  readonly minDepositMicros: bigint;
  /** Addresses that are ours: a transfer to one of them is a deposit. */
  readonly recipients: ReadonlySet<string>;
  /** The source of the recipients; each scan adds the new ones. */
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
  /** Asked about a sender before a credit; undefined: nobody is screened. */
  readonly screener?: Screener | undefined;
}

/** Every token whose transfers are read. */
export function watchedTokens({ tokens, knownTokens }: Pick<ChainContext, 'tokens' | 'knownTokens'>): string[] {
  return [...tokens, ...knownTokens];
}

/** About 12 minutes of Starknet and 20 of Ethereum: longer than reorgs are in ordinary operation. */
const OVERLAP_BLOCKS: Readonly<Record<ChainFamily, number>> = { starknet: 256, eip155: 96 };
/** For the chains with a block every second or two: Optimism, Base, Arbitrum, and their Sepolias. */
const OVERLAP_BLOCKS_L2 = 300;
const L2S: ReadonlySet<string> = new Set([10, 8_453, 42_161, 11_155_420, 84_532, 421_614].map((id) => `eip155:${id}`));

/** The context of a configured chain. @throws when one of its addresses is invalid. */
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
    confirmAboveMicros: config.confirmAboveMicros ?? 0n,
    minDepositMicros: config.minDepositMicros ?? 0n,
    recipients: watch.addresses,
    watch,
    startBlock: config.startBlock,
    overlapBlocks,
    rules: creditRulesOf(family, config),
    // Reorgs up to the overlap happen in ordinary operation; a deeper one is for people to look at.
    reorgBlocksMax: config.reorgBlocksMax ?? overlapBlocks,
  };
}
