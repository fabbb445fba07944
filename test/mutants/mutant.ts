/** One entry of the list of defences: it takes one defence away, and the tests named beside it must notice. */
export interface Mutant {
  /** What is taken away, in a few words. */
  readonly name: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Test files to run. */
  readonly tests: readonly string[];
  /** Run only where this is there; `.ci/run` demands it. */
  readonly needs?: 'starknet-devnet';
}
