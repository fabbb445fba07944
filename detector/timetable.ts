/** The floor of the timetable: every chain is read at least this often, whatever its node pushes. */
import cron from 'node-cron';

const FLOOR_SCHEDULE = '*/2 * * * *';

/**
 * Wakes every two minutes of the wall clock, in UTC so that no change to summer time moves it, and once for what was
 * missed while the process could not run. A wake-up only says that there is something to read: it never runs a round, so
 * two cannot overlap. Workers look at their nodes by their own timers as well, which no jump of the clock moves.
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
