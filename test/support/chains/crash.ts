/** Takes the place of src/db/failpoint.ts in a test that crashes a detector again and again within one process. */

/** A power cut, as one round sees it. */
export class Crash extends Error {
  override name = 'Crash';
}

let armed: string | undefined;

/** The next pass of that failpoint throws; undefined: none does. */
export function armCrash(name: string | undefined): void {
  armed = name;
}

/** What the code under test calls. @throws Crash where it was armed. */
export function failpoint(name: string): void {
  if (armed !== name) return;
  armed = undefined;
  throw new Crash(name);
}
