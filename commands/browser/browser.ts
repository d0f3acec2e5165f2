import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { StartError } from 'embedded-supabase/start-error'
import { ROOT } from '@/commands/root'

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * Where a browser for the tests is: Playwright's own, else an installed Chromium or Chrome, else Playwright's after
 * installing it. Throws a StartError with the command to run when none of these works.
 */
export function browserPath(): string {
  const own = chromium.executablePath()
  const found = [own, ...INSTALLED].find((path) => existsSync(path))
  if (found) return found
  try {
    execFileSync(join(ROOT, 'node_modules', '.bin', 'playwright'), ['install', 'chromium'], {
      stdio: 'inherit',
    })
  } catch (cause) {
    throw new StartError(
      'No browser for the tests: install Chromium or Chrome (on Debian: apt-get install chromium).',
      {
        cause,
      },
    )
  }
  return own
}
