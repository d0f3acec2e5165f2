import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from 'embedded-supabase/ports'
import { runCommand } from 'embedded-supabase/run-command'
import { StartError } from 'embedded-supabase/start-error'
import { browserPath } from './browser/browser'
import { browserReport } from './browser/browser-report'
import { ROOT } from './root'
import { buildShop, isBuilt } from './shop/build'
import { startShop } from './shop/shop'
import { isSupabaseNamed, type TestSupabase, testSupabase } from './stack/test-stack'
import { vitestReport } from './vitest-report'

// npm test: every test, on separate Supabases and shops. npm run e2e -- FILE: those in the browser alone.
const [first, ...files] = process.argv.slice(2)
const isBrowserOnly = first === 'e2e'
const RESULTS = join(ROOT, 'test-results')
process.env.NEXT_DIST_DIR ??= '.next-test'

/** Tests that run on one Supabase, side by side with those of other lanes. */
interface Lane {
  run: (supabase: TestSupabase) => Promise<boolean>
  /** Its failures, for the very end of the output. */
  failures: () => string[]
}

/** Tests that wait more than they work, each for its own rows. */
const waiting = ['unit', 'component', 'migrations', 'local', 'realtime', 'live', 'live-broadcast', 'faults']

const BROWSER_REPORT = join(RESULTS, 'browser.json')

const browserLane: Lane = {
  failures: () => browserReport(BROWSER_REPORT),
  async run({ env, sendEmailsTo }) {
    const shop = await startShop({ mode: 'start', port: await freePort(), env })
    sendEmailsTo(shop.url)
    try {
      return await runTool('playwright', ['test', `--output=${join(RESULTS, 'browser')}`, ...files], {
        ...env,
        SITE_URL: shop.url,
        PLAYWRIGHT_JSON_OUTPUT_FILE: BROWSER_REPORT,
      })
    } finally {
      await shop.stop()
    }
  },
}

await runCommand(async (interrupted) => {
  browserPath()
  if (!isBuilt()) {
    console.log('Building the shop …')
    await buildShop(interrupted)
  }
  rmSync(RESULTS, { recursive: true, force: true })
  // The browser first: the others leave places and products behind, and a person would see them all.
  const passedInBrowser = await runLanes([browserLane])
  if (interrupted.aborted) return
  const others = isBrowserOnly ? [] : vitestLanes()
  const passed = await runLanes(others)
  for (const { failures } of [...others, browserLane]) for (const line of failures()) console.log(line)
  if (!passed || !passedInBrowser) throw new StartError('Some tests failed; the report is above.')
})

/** Runs lanes side by side, each on a Supabase that nothing else has written to, or on the one the environment names. */
async function runLanes(lanes: readonly Lane[]): Promise<boolean> {
  const passed = await Promise.all(
    lanes.map(async ({ run }) => {
      const supabase = await testSupabase()
      try {
        return await run(supabase)
      } finally {
        await supabase.stop()
      }
    }),
  )
  return passed.every(Boolean)
}

function vitestLanes(): Lane[] {
  // The tests of the embedded Supabase, and those that need a second one, would prove nothing on another.
  if (isSupabaseNamed())
    return [vitestLane('named', ['unit', 'component', 'database', 'commands', 'kernel', 'live'], 1)]
  // The others change the clock or the settings of a shop, or count all its rows: one file after the other.
  const others = ['scorecard', ...waiting].map((project) => `!${project}`)
  return [vitestLane('others', others, 1), vitestLane('waiting', waiting, 3)]
}

function vitestLane(name: string, projects: readonly string[], workers: number): Lane {
  const report = join(RESULTS, `${name}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const chosen = projects.map((project) => `--project=${project}`)
  return {
    failures: () => vitestReport(report),
    run: ({ env }) => runTool('vitest', ['run', `--maxWorkers=${workers}`, ...reporters, ...chosen], env),
  }
}

/** Whether it passed. The output of several lanes is mixed, line by line. */
async function runTool(name: string, args: string[], env: Record<string, string>): Promise<boolean> {
  const tool = spawn(join(ROOT, 'node_modules', '.bin', name), args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  })
  const [code] = await once(tool, 'exit')
  return code === 0
}
