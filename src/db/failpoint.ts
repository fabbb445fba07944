import { readFileSync, rmSync } from 'node:fs';

/**
 * A named place where a test kills the process as a power cut would (SIGKILL). COFFER_FAILPOINT_FILES names a folder;
 * a file in it with the failpoint's name arms it for one hit: the file is removed and the process killed. If the file
 * contains `SIGSTOP`, the process is stopped there instead, until SIGCONT.
 * Without the variable this does nothing. The service refuses to start with it unless every chain is a devnet.
 */
export function failpoint(name: string): void {
  const folder = process.env['COFFER_FAILPOINT_FILES'];
  if (folder === undefined) return;
  let signal: string;
  try {
    signal = readFileSync(`${folder}/${name}`, 'utf8');
    rmSync(`${folder}/${name}`);
  } catch {
    return;
  }
  process.kill(process.pid, signal === 'SIGSTOP' ? 'SIGSTOP' : 'SIGKILL');
}
