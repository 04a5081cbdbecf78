import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Metrics are switched off in tests of functions, and powertools says so at every call.
    onConsoleLog: (line) => !line.includes('No application metrics'),
    // The default leaves one processor out: on two that is half of them.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/cloud/**', 'test/browser/**'],
          setupFiles: ['test/random-seed.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'trino',
          include: ['test/cloud/trino/**/*.test.ts'],
          globalSetup: ['test/cloud/trino/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 1_200_000,
        },
      },
      {
        test: {
          name: 'cloud',
          include: ['test/cloud/**/*.test.ts'],
          exclude: ['test/cloud/trino/**', 'test/cloud/aws/**'],
          globalSetup: ['test/cloud/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 1_200_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
      {
        // Against a deployed stack: docs/deployment.md.
        test: {
          name: 'aws',
          include: ['test/cloud/aws/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 3_600_000,
          hookTimeout: 3_600_000,
        },
      },
    ],
  },
});
