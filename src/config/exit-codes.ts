/** Exit codes of Coffer's programs; `coffer --help` and docs/cli.md list the same ones. */
export const EXIT = { failed: 1, usage: 2, config: 3, notFound: 4 } as const;
