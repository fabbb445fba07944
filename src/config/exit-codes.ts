/** How programs of Coffer end; `coffer --help` and docs/cli.md tell the same. */
export const EXIT = { failed: 1, usage: 2, config: 3, notFound: 4 } as const;
