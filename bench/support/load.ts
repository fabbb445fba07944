/** Closed-loop load: a number of callers, each asking again when it was answered. */
import type { Measure } from './rounds.ts';

/** Runs `callers` loops of `call` for about `seconds`; latency is taken per call. */
export async function closedLoop(
  callers: number,
  seconds: number,
  call: (caller: number) => Promise<number | void>,
): Promise<Measure & { calls: number; operations: number }> {
  const latencies: number[] = [];
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const end = start + seconds * 1000;
  let operations = 0;
  const loop = async (caller: number): Promise<void> => {
    for (let now = performance.now(); now < end;) {
      const done = await call(caller);
      operations += typeof done === 'number' ? done : 1;
      const after = performance.now();
      latencies.push(after - now);
      now = after;
    }
  };
  await Promise.all(Array.from({ length: callers }, async (_, caller) => loop(caller)));
  const elapsedSeconds = (performance.now() - start) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  latencies.sort((a, b) => a - b);
  return {
    calls: latencies.length,
    operations,
    opsPerSecond: operations / elapsedSeconds,
    p50Ms: latencies[Math.floor(latencies.length * 0.5)] ?? 0,
    p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
    cpuMicrosPerOp: (cpu.user + cpu.system) / operations,
  };
}
