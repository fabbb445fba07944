/** The settings of one chain, as the configuration gives them. */
import type { FinalityPolicy } from '../../src/core/chains/finality.ts';

/** One chain as it is configured. Addresses may be in any valid form, canonical or not. */
export interface ChainSettings {
  readonly caip2: string;
  readonly rpcUrls: readonly string[];
  readonly wsUrl?: string | undefined;
  readonly tokens: readonly { readonly symbol: string; readonly address: string; readonly decimals: number }[];
  readonly creditsAddress: string;
  readonly startBlock: number;
  /** Other tokens whose transfers to us are recorded, but never credited. */
  readonly knownTokens?: readonly { readonly symbol: string; readonly address: string }[] | undefined;
  /** Nothing on this chain is credited; transfers to our addresses are only recorded. */
  readonly watchOnly?: boolean | undefined;
  /** Below this, in micros, a deposit is dust. */
  readonly minDepositMicros?: bigint | undefined;
  readonly finality?: FinalityPolicy | undefined;
  /** Policies by amount, instead of `finality`; amounts in micros. */
  readonly tiers?: readonly { readonly uptoMicros: bigint; readonly policy: FinalityPolicy }[] | undefined;
  /** The earlier policy, for orgs that have a limit for provisional credits. */
  readonly provisional?: FinalityPolicy | undefined;
  /** How many RPCs must agree; by default 2 where there are two or more, else 1. */
  readonly quorum?: number | undefined;
  /** Above this amount, in micros, the receipts of a quorum must hold a deposit before it is credited; else one RPC's. */
  readonly confirmAboveMicros?: bigint | undefined;
  /** How many blocks the chain may replace before it is frozen: no credits and no reversals. */
  readonly reorgBlocksMax?: number | undefined;
  /** Depth below the head at which a block counts as final, where no quorum names a final height. */
  readonly hardFinalDepth?: number | undefined;
  /** A chain for development, without money at stake. */
  readonly devnet?: boolean | undefined;
  /** In micros. */
  readonly caps: { readonly perDepositMicros: bigint; readonly outstandingMicros: bigint };
}
