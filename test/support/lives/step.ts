/** A step of a life. */
import type { Life, LivesWorld } from './world.ts';

export const HOUR_MS = 3_600_000;

/** A command: its name and what it does. */
export interface Step {
  readonly name: string;
  readonly run: (world: LivesWorld, life: Life) => Promise<void>;
}
