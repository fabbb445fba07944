/** The table at the end of a run of the mutants: how many of each verdict, for each defended file. */
import Table from 'cli-table3';
import type { Mutant } from '../mutant.ts';

/** The outcome of a mutant. STALE: `find` is not in the file exactly once, or the result does not parse. */
export const VERDICTS = ['killed', 'killed (hangs)', 'SURVIVED', 'STALE', 'TESTS FAIL ANYWAY', 'NOT RUN'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Judged {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
}

/** Whether a test noticed. */
export const isKilled = (verdict: Verdict): boolean => verdict === 'killed' || verdict === 'killed (hangs)';

const plain = { style: { head: [], border: [] } };

/** The report in lines. The last one is `N passed, N failed`; a mutant that was not run counts as failed. */
export function describeVerdicts(judged: readonly Judged[]): string[] {
  const shown = VERDICTS.filter((verdict) => judged.some((one) => one.verdict === verdict));
  const counts = (some: readonly Judged[]): number[] =>
    shown.map((verdict) => some.filter((one) => one.verdict === verdict).length);
  const files = new Table({ head: ['file', ...shown], ...plain });
  for (const file of [...new Set(judged.map(({ mutant }) => mutant.file))].toSorted()) {
    files.push([file, ...counts(judged.filter(({ mutant }) => mutant.file === file))]);
  }
  files.push(['all', ...counts(judged)]);
  const failed = judged.filter(({ verdict }) => !isKilled(verdict));
  const ran = failed.filter(({ verdict }) => verdict !== 'NOT RUN');
  return [
    files.toString(),
    ...ran.map(({ mutant, verdict }) => `${verdict}: ${mutant.name} (${mutant.file})`),
    `${judged.length - failed.length} passed, ${failed.length} failed`,
  ];
}
