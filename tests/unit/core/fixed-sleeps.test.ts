import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '@/commands/root'

// A test awaits a condition (expect.poll, vi.waitFor, a locator), not a time: a fixed sleep is too short on a busy machine
// and too long on a quiet one. The numbers below only fall.

const SLEEPS = [
  /\bpg_sleep\(/g,
  /\bwaitForTimeout\(/g,
  /(?<![.\w])sleep\(/g,
  /new Promise(?:<\w+>)?\(\(?\w*\)? => setTimeout\(/g,
]

const POLLS = 'the pause of a loop that ends with its condition'
const RETRIES = 'the pause before a call is sent again'
const SUBJECT = 'the length or the moment of a fault, a load or a wait is what the test is about'
const NOTHING = 'nothing may happen in this time, so there is nothing to await'

/** Sleeps by file, with the reason. */
const ARGUED: Record<string, [number, string]> = {
  'e2e/faults.spec.ts': [1, SUBJECT],
  'packages/embedded-supabase/tests/realtime/changes/change-visibility.test.ts': [1, SUBJECT],
  'packages/embedded-supabase/tests/realtime/faults.test.ts': [1, NOTHING],
  'packages/embedded-supabase/tests/realtime/support/raw-client.ts': [1, NOTHING],
  'packages/embedded-supabase/tests/realtime/support/recording.ts': [3, `${SUBJECT}; ${POLLS}`],
  'packages/embedded-supabase/tests/realtime/support/stage.ts': [1, POLLS],
  'tests/faults/support/faults/page-faults.ts': [2, SUBJECT],
  'tests/faults/support/hand-over.tsx': [2, SUBJECT],
  'tests/faults/support/till.ts': [1, RETRIES],
  'tests/faults/support/trial.ts': [1, SUBJECT],
  'tests/faults/support/world-process.ts': [1, SUBJECT],
  'tests/kernel/crash/run.ts': [1, SUBJECT],
  'tests/kernel/crash/web-visit.ts': [1, RETRIES],
  'tests/kernel/crash/whole-shop.ts': [2, `${RETRIES}; the limit of an exit`],
  'tests/kernel/history/history.ts': [1, RETRIES],
  'tests/kernel/history/witness.ts': [2, `${POLLS}; ${RETRIES}`],
  'tests/kernel/mutants/stock-mutants.ts': [1, 'the planted fault is a slow function'],
  'tests/kernel/picking.test.ts': [2, POLLS],
  'tests/kernel/support/scratch.ts': [1, RETRIES],
  'tests/live/faults.test.tsx': [1, NOTHING],
  'tests/live/hand-over.test.tsx': [1, SUBJECT],
  'tests/live/live-query.test.tsx': [1, SUBJECT],
  'tests/live/presence.test.tsx': [1, NOTHING],
  'tests/scorecard/pace.ts': [2, SUBJECT],
  'tests/shop/support/fault-proxy.ts': [1, SUBJECT],
  'tests/siege/attacker-process.ts': [1, SUBJECT],
  'tests/siege/outages.ts': [3, `${SUBJECT}; ${POLLS}`],
  'tests/siege/run.ts': [3, `${SUBJECT}; ${POLLS}`],
  'tests/siege/shoppers.ts': [2, SUBJECT],
  'tests/support/until.ts': [1, POLLS],
  'tests/unit/mail/pace.test.ts': [2, SUBJECT],
}

test('a test awaits a condition; a fixed sleep has a reason', () => {
  const found = testFiles().flatMap((file) => {
    const count = sleepsIn(readFileSync(join(ROOT, file), 'utf8'))
    return count > 0 ? [[file, count] as const] : []
  })
  const argued = Object.fromEntries(Object.entries(ARGUED).map(([file, [count]]) => [file, count]))
  expect(Object.fromEntries(found)).toEqual(argued)
})

test('every form of a sleep is found, and a timer that is not awaited is not one', () => {
  expect(sleepsIn('await sql`select pg_sleep(1.5)`')).toBe(1)
  expect(sleepsIn('await page.waitForTimeout(300)')).toBe(1)
  expect(sleepsIn("import { setTimeout as sleep } from 'node:timers/promises'\nawait sleep(20)")).toBe(1)
  expect(sleepsIn('await new Promise((done) => setTimeout(done, 50))')).toBe(1)
  expect(sleepsIn('const timer = setTimeout(resolve, 50)')).toBe(0)
})

function testFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
  })
  return listed
    .toString()
    .split('\n')
    .filter((file) => /^(?:e2e|tests|packages\/[^/]+\/tests)\/.*\.(?:tsx?|sql)$/.test(file))
    .filter((file) => !file.endsWith('fixed-sleeps.test.ts') && existsSync(join(ROOT, file)))
}

function sleepsIn(text: string): number {
  const code = text.replace(/\/\*[\s\S]*?\*\/|(?<![:\\])\/\/.*/g, '')
  return SLEEPS.reduce((sum, pattern) => sum + [...code.matchAll(pattern)].length, 0)
}
