/** The settings of one chain, as the configuration hands them over. */
import type { FinalityPolicy } from '../../src/core/chains/finality.ts';

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
  readonly minDepositMicros?: bigint | undefined;
  readonly finality?: FinalityPolicy | undefined;
  /** Policies by amount, in place of the one; amounts in micros. */
  readonly tiers?: readonly { readonly uptoMicros: bigint; readonly policy: FinalityPolicy }[] | undefined;
  /** The earlier policy, for orgs that have a limit for it. */
  readonly provisional?: FinalityPolicy | undefined;
  /** How many RPCs must say the same; 2 where there are two or more, unless it is said. */
  readonly quorum?: number | undefined;
  /** Above this, in micros, a quorum's receipts must hold a deposit before it is credited; up to it one RPC's. */
  readonly confirmAboveMicros?: bigint | undefined;
  /** How many blocks the chain may replace before credits and reversals stand still. */
  readonly reorgBlocksMax?: number | undefined;
  /** Blocks below the head that the chain counts as not taking back, where no quorum names such a height. */
  readonly hardFinalDepth?: number | undefined;
  /** A chain for trying things out, where nothing is at stake. */
  readonly devnet?: boolean | undefined;
  /** In micros. */
  readonly caps: { readonly perDepositMicros: bigint; readonly outstandingMicros: bigint };
}
