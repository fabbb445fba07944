import type { Mutant } from '../mutant.ts';

const CANARY = ['test/cli/canary.test.ts'];

/** Defences of the canary, and of the books against its org. */
export const CANARY_MUTANTS: readonly Mutant[] = [
  {
    name: 'canary: money that is wrong is no failure',
    file: 'src/cli/canary/probe.ts',
    find: 'if (available === -CAPTURED_MICROS && held === 0n) return;',
    replace: 'if (available <= held) return;',
    tests: CANARY,
  },
  {
    name: 'canary: a capture that is made twice is no failure',
    file: 'src/cli/canary/probe.ts',
    find: "if (!again.isReplay || again.json['entryId'] !== captured.json['entryId']) {",
    replace: "if (again.json['entryId'] === undefined && captured.json['entryId'] === undefined) {",
    tests: CANARY,
  },
  {
    name: 'canary: a failed run leaves its hold',
    file: 'src/cli/canary/probe.ts',
    find: 'if (opened !== undefined) await free(target, opened,',
    replace: 'if (opened === null) await free(target, opened,',
    tests: CANARY,
  },
  {
    name: 'canary: a refusal is asked again and again',
    file: 'src/cli/canary/probe.ts',
    find: 'isOpen: response.status >= 500 || response.status === 429',
    replace: 'isOpen: response.status >= 400',
    tests: CANARY,
  },
  {
    name: 'canary: its key crosses the network in the clear',
    file: 'src/cli/canary/command.ts',
    find: "if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname) && insecure !== true) {",
    replace: "if (url.protocol === 'http:' && LOOPBACK.has(url.hostname) && insecure === false) {",
    tests: CANARY,
  },
  {
    name: 'reports: internal orgs are in the books',
    file: 'src/db/reports/place.ts',
    find: 'AND id <> ALL (:without::uuid[]) ORDER BY id LIMIT :limit) w\n     CROSS JOIN unnest(',
    replace: 'AND (id <> ALL (:without::uuid[]) OR true) ORDER BY id LIMIT :limit) w\n     CROSS JOIN unnest(',
    tests: CANARY,
  },
  {
    name: 'reports: internal orgs are in the journal',
    file: 'src/db/reports/journal.ts',
    find: 'AND id <> ALL (:without::uuid[]) ORDER BY',
    replace: 'AND (id <> ALL (:without::uuid[]) OR true) ORDER BY',
    tests: CANARY,
  },
];
