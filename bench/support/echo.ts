/** Starts the echo server as a process of its own. */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** Resolves once it listens; it ends when it is disconnected. */
export async function startEcho(): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(join(import.meta.dirname, '..', '..', 'bench/support/echo-server.ts'), {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      const found = /listening on (\S+)/.exec(chunk.toString())?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error('the echo server ended')));
  });
  return { child, url };
}
