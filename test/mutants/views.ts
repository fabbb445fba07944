/** Defences of the views: the command line and the API show the same JSON of a noun. */
import type { Mutant } from './mutant.ts';

const VIEWS = ['test/cli/views.test.ts'];

export const VIEW_MUTANTS: readonly Mutant[] = [
  {
    name: 'views: the command line shows an org without its provisional limit',
    file: 'src/cli/orgs.ts',
    find: 'printJson(viewOfOrgDetail(org, suspensions))',
    replace: 'printJson({ ...viewOfOrgDetail(org, suspensions), provisionalLimitUsd: undefined })',
    tests: VIEWS,
  },
  {
    name: 'views: the command line shows a hold without what was captured',
    file: 'src/cli/holds.ts',
    find: '.map(viewOfHold)',
    replace: '.map((hold) => ({ ...viewOfHold(hold), capturedUsd: undefined }))',
    tests: VIEWS,
  },
];
