import { expect, test } from 'vitest';
import project from '../../package.json' with { type: 'json' };
import { startNode } from '../support/process/processes.ts';

/** What works without any configuration must not read it. */
const env = { DATABASE_URL: '', COFFER_CONFIG: '/nowhere/at/all' };

test.each([['src/cli/main.ts'], ['bin/coffer.mjs']])(
  '%s --version prints the version of package.json',
  async (path) => {
    const { code, stdout, stderr } = await startNode([path, '--version'], env).finished;
    expect([code, stdout, stderr]).toEqual([0, `${project.version}\n`, '']);
  },
);

test('--help names the version, and how to ask for it', async () => {
  const { code, stdout } = await startNode(['src/cli/main.ts', '--help'], env).finished;
  expect(code).toBe(0);
  expect(stdout).toContain(`Coffer ${project.version}`);
  expect(stdout).toMatch(/^ {2}--version /m);
});
