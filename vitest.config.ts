import { defineConfig } from 'vitest/config';

const withDatabase = { globalSetup: ['test/support/process/global-database.ts'], pool: 'forks' as const };

// Two workers: the machines that run this have two cores, and every worker drives a database or a chain beside it.
export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'detector/**/*.test.ts', 'devnet/**/*.test.ts', 'sdk/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['test/**/*.test.ts'],
          exclude: ['test/long/**', 'test/generated/**'],
          ...withDatabase,
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: ['test/long/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          ...withDatabase,
        },
      },
      {
        extends: true,
        test: {
          name: 'generated',
          include: ['test/generated/**/*.test.ts'],
          // The first run gets compilers' caches and tools from their registries.
          testTimeout: 30 * 60_000,
          ...withDatabase,
        },
      },
    ],
  },
});
