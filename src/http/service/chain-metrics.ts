/** Metrics about chains and money, read from the database, so that every process serves the same values. */
import { Gauge, type Registry } from 'prom-client';
import { readAccountName } from '../../core/billing/facts.ts';
import { dueOf, railOf, verdictOfRail } from '../../core/billing/rails.ts';
import type { Clock } from '../../core/clock.ts';
import { judgeChain } from '../../core/chains/reconciliation.ts';
import { findCount } from '../../core/integers.ts';
import { listChainStandings, readCreditDelays } from '../../db/chains/status.ts';
import { findOldestWaitSeconds } from '../../db/admission.ts';
import { readRails, type Rail } from '../../db/billing/rails.ts';
import type { Database } from '../../db/database.ts';
import { readReconciliation } from '../../db/chains/reconciliation.ts';

const VERDICTS = ['OK', 'GAP', 'UNKNOWN'] as const;
/** Credit delays are computed from the credits of the last hour. */
const DELAY_WINDOW_MS = 60 * 60_000;

type MakeGauge = (name: string, help: string, ...labelNames: string[]) => Gauge;

/** Micros as the value of a metric: exact up to 2^53, which is nine billion dollars, and capped there. */
function figureOf(micros: bigint): number {
  const absolute = findCount(micros < 0n ? -micros : micros) ?? 2 ** 53;
  return micros < 0n ? -absolute : absolute;
}

/** Gauges about card rails. @returns a function that sets them */
function meterRails(gauge: MakeGauge): {
  readonly all: readonly Gauge[];
  set(rails: readonly Rail[], nowMs: number): void;
} {
  const delta = gauge('coffer_rail_delta_micros', 'Due on a card rail less what its provider holds for it.', 'rail');
  const verdict = gauge('coffer_rail_status', '1 for the verdict on a card rail.', 'rail', 'status');
  const frozen = gauge('coffer_rail_frozen', '1 while nothing is credited on a card rail.', 'rail');
  const set = (rails: readonly Rail[], nowMs: number): void => {
    for (const { check, freeze } of rails.filter(({ check: { account } }) => readAccountName(account) !== undefined)) {
      const labels = { rail: railOf(check.account) };
      delta.set(labels, figureOf(dueOf(check) - check.gotMicros));
      const judged = verdictOfRail(check, nowMs);
      for (const status of VERDICTS) verdict.set({ ...labels, status }, status === judged ? 1 : 0);
      frozen.set(labels, freeze ? 1 : 0);
    }
  };
  return { all: [delta, verdict, frozen], set };
}

/** Registers the metrics. @returns a function that reads them from the database, to be called before each answer. */
export function meterChains(
  registry: Registry,
  { db, clock, chains }: { readonly db: Database; readonly clock: Clock; readonly chains: readonly string[] },
): () => Promise<void> {
  const gauge: MakeGauge = (name, help, ...labelNames) => new Gauge({ name, help, labelNames, registers: [] });
  const rails = meterRails(gauge);
  const open = gauge('coffer_deposits_open_micros', 'Deposits that are not credited yet, by state.', 'chain', 'state');
  const held = gauge('coffer_chain_held_micros', 'USDC that our addresses have on the chain, in micros.', 'chain');
  const delta = gauge(
    'coffer_reconciliation_delta_micros',
    'Of balance: found on the chain less expected. Of ledger: credited less what deposits are worth.',
    'chain',
    'of',
  );
  const verdict = gauge('coffer_reconciliation_status', '1 for the verdict on a chain.', 'chain', 'status');
  const frozen = gauge('coffer_chain_frozen', '1 while nothing is credited or reversed on the chain.', 'chain');
  const leader = gauge('coffer_chain_leader_info', '1 for the process that leads a chain.', 'chain', 'holder');
  const owed = gauge('coffer_wallets_owed_micros', 'What wallets are owed.');
  const debt = gauge('coffer_wallets_debt_micros', 'What wallets owe.');
  const delay = gauge(
    'coffer_deposit_credit_delay_seconds',
    'From first sight to credit, over the last hour.',
    'chain',
    'quantile',
  );
  const wait = gauge('coffer_write_wait_seconds', 'How long the oldest write has waited for a synchronous standby.');
  const all = [open, held, delta, verdict, frozen, leader, owed, debt, delay, wait, ...rails.all];
  for (const one of all) registry.registerMetric(one);
  const fill = async (): Promise<void> => {
    const nowMs = clock.nowMs();
    const [facts, standings, delays, waitSeconds, cards] = await Promise.all([
      readReconciliation(db, chains),
      listChainStandings(db, chains),
      readCreditDelays(db, new Date(nowMs - DELAY_WINDOW_MS)),
      findOldestWaitSeconds(db),
      readRails(db),
    ]);
    for (const one of all) one.reset();
    wait.set(waitSeconds);
    rails.set(cards, nowMs);
    for (const chain of facts.chains) {
      const labels = { chain: chain.chain };
      for (const [state, micros] of Object.entries(chain.openMicros)) open.set({ ...labels, state }, figureOf(micros));
      held.set(labels, figureOf(chain.heldMicros));
      delta.set({ ...labels, of: 'balance' }, figureOf(chain.heldMicros - chain.reckonedMicros));
      const { ledgerMicros = 0n, sourceMicros = 0n } = chain.books ?? {};
      delta.set({ ...labels, of: 'ledger' }, figureOf(ledgerMicros - sourceMicros));
      const judged = judgeChain(chain, nowMs);
      for (const status of VERDICTS) verdict.set({ ...labels, status }, status === judged ? 1 : 0);
      frozen.set(labels, chain.frozen ? 1 : 0);
    }
    for (const { chain, leader: leads } of standings) if (leads) leader.set({ chain, holder: leads.holder }, 1);
    if (facts.owed) {
      owed.set(figureOf(facts.owed.owedMicros));
      debt.set(figureOf(facts.owed.debtMicros));
    }
    for (const { chain, quantile, seconds } of delays) delay.set({ chain, quantile }, seconds);
  };
  const readable = gauge(
    'coffer_database_readable',
    '0 when the metrics about chains could not be read: they are old.',
  );
  registry.registerMetric(readable);
  return async () => {
    try {
      await fill();
      readable.set(1);
    } catch {
      readable.set(0);
    }
  };
}
