import { readFileSync, rmSync } from 'node:fs';

/**
 * Named places where a test stops the process as a power cut would (kill -9). COFFER_FAILPOINT_FILES names a folder;
 * a file there called like the failpoint arms it for one hit: it is removed, and the process is gone. With `SIGSTOP` in
 * it the process stands still there instead, until it is told to go on.
 * Without the variable this does nothing. The service refuses to start with it when any chain is not a devnet.
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
