/** Replaces src/db/failpoint.ts in a test that crashes a detector repeatedly within one process. */

/** A power cut, simulated by an error that ends the round. */
export class Crash extends Error {
  override name = 'Crash';
}

let armed: string | undefined;

/** Makes the next pass of that failpoint throw; undefined disarms it. */
export function armCrash(name: string | undefined): void {
  armed = name;
}

/** Called by the code under test in place of the real failpoint. @throws Crash where it was armed. */
export function failpoint(name: string): void {
  if (armed !== name) return;
  armed = undefined;
  throw new Crash(name);
}
