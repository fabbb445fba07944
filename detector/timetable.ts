/** The timetable: every chain is read at least this often, whether or not its node pushes. */
import cron from 'node-cron';

const FLOOR_SCHEDULE = '*/2 * * * *';

/**
 * Calls `wake` every two minutes of the wall clock, in UTC so that no change to summer time moves it, and once for the
 * wake-ups missed while the process could not run. A wake-up only requests a round and never runs one, so two rounds
 * cannot overlap. Workers also poll their nodes by timers of their own, which a jump of the clock does not affect.
 */
export function startFloor(wake: () => void): { stop(): Promise<void> } {
  const floor = cron.schedule(FLOOR_SCHEDULE, wake, {
    noOverlap: true,
    timezone: 'Etc/UTC',
    name: 'detector floor',
    suppressMissedWarning: true,
  });
  floor.on('execution:missed', wake);
  return {
    stop: async () => {
      await floor.destroy();
    },
  };
}
