import { defineConfig } from 'vitest/config'

const resolve = { tsconfigPaths: true, alias: { 'server-only': '/node_modules/server-only/empty.js' } }

export default defineConfig({
  test: {
    // A test that passes only at the second attempt has found something.
    retry: 0,
    // Each patience below is generous, so that a busy machine is not mistaken for a fault; bench/ measures time.
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          // No address of a shop from the shell.
          env: { SITE_URL: '' },
          testTimeout: 30_000,
          include: ['tests/unit/**/*.test.ts', 'packages/{product-art,fake-stripe}/tests/**/*.test.ts'],
        },
      },
      {
        resolve,
        test: {
          name: 'component',
          include: ['tests/component/**/*.test.tsx'],
          environment: 'jsdom',
          setupFiles: ['tests/support/component-setup.ts'],
          testTimeout: 30_000,
        },
      },
      {
        resolve,
        test: {
          name: 'database',
          include: ['tests/database/**/*.test.ts'],
          globalSetup: ['tests/support/stack.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          name: 'migrations',
          include: ['tests/migrations/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          // The database of the last release, upgraded; the rules of the current one hold on it.
          name: 'upgrade',
          include: [
            'tests/upgrade/**/*.test.ts',
            ...[
              'conventions',
              'counts',
              'deliveries',
              'exactly-once',
              'holds',
              'orders',
              'picking',
              'stock',
            ].map((name) => `tests/database/*/${name}.test.ts`),
          ],
          globalSetup: ['tests/upgrade/support/setup.ts'],
          setupFiles: ['tests/upgrade/support/address.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          name: 'kernel',
          include: ['tests/kernel/**/*.test.ts'],
          globalSetup: ['tests/kernel/support/setup.ts'],
          // They share a clock.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          name: 'attacks',
          include: ['tests/attacks/**/*.test.ts'],
          globalSetup: ['tests/attacks/support/setup.ts'],
          // One shop is attacked, and its clock moved.
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          name: 'live',
          include: ['tests/live/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          globalSetup: ['tests/live/support/start.ts'],
          setupFiles: ['tests/live/support/setup.ts', 'tests/support/component-setup.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          // The same pages, where the shop broadcasts its stock (docs/decisions/0046).
          name: 'live-broadcast',
          include: ['tests/live/{broadcast,cart,faults,hand-over,live-query,tabs}.test.tsx'],
          environment: 'jsdom',
          globalSetup: ['tests/live/support/start-broadcast.ts'],
          setupFiles: [
            'tests/live/support/broadcast-address.ts',
            'tests/live/support/setup.ts',
            'tests/support/component-setup.ts',
          ],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          setupFiles: ['tests/live/support/setup.ts', 'tests/support/component-setup.ts'],
          testTimeout: 90_000,
          hookTimeout: 180_000,
        },
      },
      {
        resolve,
        test: {
          name: 'scorecard',
          include: ['tests/scorecard/**/*.test.ts'],
          environment: 'jsdom',
          setupFiles: ['tests/live/support/setup.ts'],
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          name: 'commands',
          include: ['tests/commands/**/*.test.ts'],
          globalSetup: ['tests/support/stack.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          name: 'local',
          include: ['packages/embedded-supabase/tests/stack/**/*.test.ts'],
          globalSetup: ['packages/embedded-supabase/tests/stack/support/fixture.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          name: 'shop',
          include: ['tests/shop/**/*.test.ts'],
          globalSetup: ['tests/shop/support/setup.ts'],
          // They share a database, which one of them makes read-only.
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          name: 'realtime',
          include: ['packages/embedded-supabase/tests/realtime/**/*.test.ts'],
          globalSetup: ['packages/embedded-supabase/tests/realtime/support/postgres.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
