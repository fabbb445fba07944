/** One entry of the list of defences: it removes one defence, and the tests named beside it must notice. */
export interface Mutant {
  /** What is removed, in a few words. */
  readonly name: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Test files to run. */
  readonly tests: readonly string[];
  /** A program without which the entry does not run; `.ci/run` demands it. */
  readonly needs?: 'starknet-devnet';
}
