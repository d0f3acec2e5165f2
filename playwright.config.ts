import { defineConfig } from '@playwright/test'
import { browserPath } from '@/commands/browser/browser'

// Run by `npm test` and `npm run e2e -- FILE`, which start the shop and say where it is.
export default defineConfig({
  testDir: 'e2e',
  forbidOnly: true,
  // A test that passes only at the second attempt has found something.
  retries: 0,
  // Generous, so that a busy machine is not mistaken for a broken shop; what must be fast is measured in bench/.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['html', { open: 'never' }], ['json']],
  use: {
    baseURL: process.env.SITE_URL ?? '',
    trace: 'retain-on-failure',
    launchOptions: { executablePath: browserPath() },
  },
})
