/** The detector as it was before its behaviour last changed, from the repository's history. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '..', '..', '..');
/** Files of a detector, and the program that runs one for tests. */
const DETECTOR = ['detector', 'src', 'test/support/run-detector.ts', 'package.json', 'tsconfig.json'];
/** A change of one of these changes what a detector does. */
const BEHAVIOUR = [
  'detector',
  'src/core/deposits',
  'src/core/chains',
  'src/core/senders',
  'src/core/ids.ts',
  'src/core/ledger/entry.ts',
];
const ARCHIVE_BYTES_MAX = 64 * 1024 * 1024;

export interface OlderBuild {
  /** The detector's program. */
  readonly program: string;
  readonly commit: string;
  remove(): void;
}

const git = (...args: readonly string[]): Buffer =>
  execFileSync('git', args, { cwd: PROJECT, maxBuffer: ARCHIVE_BYTES_MAX, stdio: ['ignore', 'pipe', 'ignore'] });

/**
 * Unpacks the commit before the newest one that changed the detector's behaviour, so that the two builds really differ.
 * A copy of the project without history (a download, a shallow clone) has only this build, and returns that.
 */
export function unpackOlderBuild(): OlderBuild {
  const commit = findOlderCommit();
  const folder = mkdtempSync(join(tmpdir(), 'coffer-older-build-'));
  if (commit === undefined) {
    for (const path of DETECTOR) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      symlinkSync(join(PROJECT, path), join(folder, path));
    }
  } else {
    const archive = join(folder, 'build.tar');
    writeFileSync(archive, git('archive', '--format=tar', commit, '--', ...DETECTOR));
    execFileSync('tar', ['-xf', archive, '-C', folder]);
    symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  }
  return {
    program: join(folder, 'test/support/run-detector.ts'),
    commit: commit ?? 'this one',
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function findOlderCommit(): string | undefined {
  try {
    const newest = git('rev-list', '-1', 'HEAD', '--', ...BEHAVIOUR)
      .toString()
      .trim();
    return git('rev-parse', '--verify', `${newest}~1`).toString().trim();
  } catch {
    return undefined;
  }
}
