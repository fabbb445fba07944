/** Defences of what operators search by, and of what they see of jobs. */
import type { Mutant } from '../mutant.ts';

const SEARCH = ['test/desk/search.test.ts'];

export const DESK_MUTANTS: readonly Mutant[] = [
  {
    name: 'desk: everybody who is signed in searches every org',
    file: 'src/http/admin/search.ts',
    find: "import { reportRoute } from '../endpoint/endpoint.ts';",
    replace: "import { signedInRoute as reportRoute } from '../endpoint/endpoint.ts';",
    tests: SEARCH,
  },
  {
    name: 'desk: a search for a name reads all orgs',
    file: 'src/db/desk/search.ts',
    find: 'WHERE o.name_key >= lower(:nameFrom::text) AND o.name_key < lower(:nameBefore::text)',
    replace: 'WHERE lower(o.name) >= lower(:nameFrom::text) AND lower(o.name) < lower(:nameBefore::text)',
    tests: SEARCH,
  },
  {
    name: 'desk: the jobs of a process that died count as fine',
    file: 'src/core/desk/jobs.ts',
    find: "if (nowMs - notedAt.getTime() > SILENT_MS) return 'silent';",
    replace: '',
    tests: ['src/core/desk/jobs.test.ts', 'test/desk/jobs.test.ts'],
  },
  {
    name: 'desk: what fails in a job is forgotten',
    file: 'src/jobs/rounds.ts',
    find: 'diary.end(intervalMs, error);',
    replace: 'diary.end(intervalMs);',
    tests: ['src/jobs/rounds.test.ts'],
  },
  {
    name: 'desk: a process that has ended is still shown',
    file: 'src/jobs/notes.ts',
    find: 'withDeadline(dropJobs(db, name), { clock, timeoutMs: DROP_MS_MAX })',
    replace: 'Promise.resolve()',
    tests: ['test/desk/jobs.test.ts'],
  },
];
