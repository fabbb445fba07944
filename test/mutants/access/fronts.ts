/** Defences of an API in several processes. */
import type { Mutant } from '../mutant.ts';

const LINK = ['src/processes/front-writer.test.ts'];
const FRONTS = ['test/process/fronts.test.ts'];

export const FRONT_MUTANTS: readonly Mutant[] = [
  {
    name: 'fronts: a caller who is gone is waited for',
    file: 'src/processes/front-writer.ts',
    find: '} else if (!waiting.saidGone && waiting.isGone?.() === true) {',
    replace: '} else if (waiting.saidGone) {',
    tests: LINK,
  },
  {
    name: 'fronts: the commands of a front that is gone are carried out',
    file: 'src/processes/owner.ts',
    find: 'isGone: () => ended || caller.isGone',
    replace: 'isGone: () => caller.isGone',
    tests: LINK,
  },
  {
    name: 'fronts: a silent owner is waited for without end',
    file: 'src/processes/front-writer.ts',
    find: 'if (nowMs >= waiting.lateAtMs) {',
    replace: 'if (nowMs >= waiting.lateAtMs * 1_000) {',
    tests: LINK,
  },
  {
    name: 'fronts: callers of an owner that is gone get no answer',
    file: 'src/processes/front-writer.ts',
    find: 'for (const id of this.#waiting.keys()) this.#fail(id',
    replace: 'for (const id of [] as number[]) this.#fail(id',
    tests: LINK,
  },
  {
    name: 'fronts: ready without a word of the owner',
    file: 'src/processes/front-writer.ts',
    find: 'if (!isFresh || this.#ended !== undefined) return',
    replace: 'if (this.#ended !== undefined) return',
    tests: LINK,
  },
  {
    name: 'fronts: a refusal loses what it says',
    file: 'src/processes/messages.ts',
    find: 'const made = new Refusal(code, message, { issues, details });',
    replace: 'const made = new Refusal(code, message, { issues });',
    tests: LINK,
  },
  {
    name: 'fronts: a front that ends is not started again',
    file: 'src/jobs/child.ts',
    find: 'timer = setTimeout(start, delayMs);',
    replace: 'timer = setTimeout(() => undefined, delayMs);',
    tests: FRONTS,
  },
  {
    name: 'fronts: each writes the ledger itself',
    file: 'src/app/api.ts',
    find: 'traceWriter(given ?? meterWriter(ownWriter(), figures.registry));',
    replace: 'traceWriter(meterWriter(ownWriter(), figures.registry));',
    tests: FRONTS,
  },
  {
    name: 'fronts: a writer with a gate takes commands on an incomplete database',
    file: 'src/http/service/recovery-gate.ts',
    find: 'if (findProblem() !== undefined) throw recoveryRequired();\n      return writer.submit(submission);',
    replace: 'return writer.submit(submission);',
    tests: ['src/http/service/recovery-gate.test.ts'],
  },
];
