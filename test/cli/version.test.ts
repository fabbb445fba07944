import { expect, test } from 'vitest';
import project from '../../package.json' with { type: 'json' };
import { LIST_LOADED, readLoaded } from '../support/process/loaded.ts';
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

test('S23 --help loads no code of the commands, and of the packages commander alone', async () => {
  const { stderr } = await startNode([...LIST_LOADED, 'src/cli/main.ts', '--help'], env).finished;
  const { own, packages } = readLoaded(stderr);
  expect(own.toSorted()).toEqual([
    'package.json',
    'src/cli/main.ts',
    'src/cli/print/about.ts',
    'src/config/exit-codes.ts',
  ]);
  expect([...packages]).toEqual(['commander']);
});

test('S23 the help says of each command what the command says of itself', async () => {
  const [short, full] = await Promise.all(
    ['--help', 'help'].map(async (word) => (await startNode(['src/cli/main.ts', word], env).finished).stdout),
  );
  const linesOf = (text = ''): string[] => {
    const [, list = ''] = text.split('Commands:\n');
    const [commands = ''] = list.split('\n\n');
    const joined = commands.replaceAll(/\n {10,}/g, ' ');
    return joined.split('\n').map((line) =>
      line
        .replace(' [options]', '')
        .replace(/ <\w+>/, '')
        .replaceAll(/ +/g, ' '),
    );
  };
  expect(linesOf(short)).toEqual(linesOf(full));
});
