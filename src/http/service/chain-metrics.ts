/** Metrics about chains and money, read from the database, so that every process serves the same values. */
import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '../../core/clock.ts';
import { judgeChain } from '../../core/chains/reconciliation.ts';
import { listChainStandings, readCreditDelays } from '../../db/chains/status.ts';
import { findOldestWaitSeconds } from '../../db/admission.ts';
import type { Database } from '../../db/database.ts';
import { readReconciliation } from '../../db/chains/reconciliation.ts';
import { figureOf, meterRails } from './rail-metrics.ts';

const VERDICTS = ['OK', 'GAP', 'UNKNOWN'] as const;
/** Credit delays are computed from the credits of the last hour. */
const DELAY_WINDOW_MS = 60 * 60_000;

/** Registers the metrics. @returns a function that reads them from the database, to be called before each answer. */
export function meterChains(
  registry: Registry,
  { db, clock, chains }: { readonly db: Database; readonly clock: Clock; readonly chains: readonly string[] },
): () => Promise<void> {
  const gauge = (name: string, help: string, ...labelNames: string[]): Gauge =>
    new Gauge({ name, help, labelNames, registers: [] });
  const fillRails = meterRails(registry, db);
  const open = gauge('coffer_deposits_open_usd', 'Deposits that are not credited yet, by state.', 'chain', 'state');
  const held = gauge('coffer_chain_held_usd', 'USDC that our addresses have on the chain.', 'chain');
  const delta = gauge(
    'coffer_reconciliation_delta_usd',
    'Of balance: found on the chain less expected. Of ledger: credited less what deposits are worth.',
    'chain',
    'of',
  );
  const verdict = gauge('coffer_reconciliation_status', '1 for the verdict on a chain.', 'chain', 'status');
  const frozen = gauge('coffer_chain_frozen', '1 while nothing is credited or reversed on the chain.', 'chain');
  const leader = gauge('coffer_chain_leader_info', '1 for the process that leads a chain.', 'chain', 'holder');
  const owed = gauge('coffer_wallets_owed_usd', 'What wallets are owed.');
  const debt = gauge('coffer_wallets_debt_usd', 'What wallets owe.');
  const delay = gauge(
    'coffer_deposit_credit_delay_seconds',
    'From first sight to credit, over the last hour.',
    'chain',
    'quantile',
  );
  const wait = gauge('coffer_write_wait_seconds', 'How long the oldest write has waited for a synchronous standby.');
  const all = [open, held, delta, verdict, frozen, leader, owed, debt, delay, wait];
  for (const one of all) registry.registerMetric(one);
  const fill = async (): Promise<void> => {
    const nowMs = clock.nowMs();
    const [facts, standings, delays, waitSeconds] = await Promise.all([
      readReconciliation(db, chains),
      listChainStandings(db, chains),
      readCreditDelays(db, new Date(nowMs - DELAY_WINDOW_MS)),
      findOldestWaitSeconds(db),
      fillRails(nowMs),
    ]);
    for (const one of all) one.reset();
    wait.set(waitSeconds);
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
  const readable = gauge('coffer_database_readable', '0 when metrics about chains and rails are old: reading failed.');
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
