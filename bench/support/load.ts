/** Closed-loop and open-loop load with measured latencies. */
import type { Measure } from './rounds.ts';

/** Runs `callers` loops that repeat `call` for about `seconds`; latency is measured per call. */
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

/**
 * Open loop: calls start on schedule whether or not earlier ones were answered. Latency counts from the scheduled
 * start, so that a stall is charged to every call that it delays. A call waits for a free worker when all are busy.
 */
export async function openLoop<Worker>(
  workers: readonly Worker[],
  plan: { readonly perSecond: number; readonly seconds: number },
  call: (worker: Worker) => Promise<void>,
): Promise<{ p50Ms: number; p99Ms: number }> {
  const latencies: number[] = [];
  const start = performance.now();
  const total = Math.floor(plan.perSecond * plan.seconds);
  let next = 0;
  const work = async (worker: Worker): Promise<void> => {
    while (next < total) {
      const scheduled = start + (next++ * 1000) / plan.perSecond;
      const early = scheduled - performance.now();
      if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
      await call(worker);
      latencies.push(performance.now() - scheduled);
    }
  };
  await Promise.all(workers.map(work));
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => Math.round((latencies[Math.floor(latencies.length * share)] ?? 0) * 100) / 100;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}
