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
import { type TestSupabase, testSupabase } from './stack/test-stack'

// npm test: every test, on a separate Supabase and shop. npm run e2e -- FILE: those in the browser alone.
const [first, ...files] = process.argv.slice(2)
const isBrowserOnly = first === 'e2e'
const BROWSER_REPORT = join(ROOT, 'test-results', 'browser.json')
process.env.NEXT_DIST_DIR ??= '.next-test'

await runCommand(async (interrupted) => {
  browserPath()
  // The browser first: the others leave places and products behind, and a person would see them all.
  const passedInBrowser = await withSupabase(({ env }) => inBrowser(env, interrupted))
  if (interrupted.aborted) return
  const passed = isBrowserOnly || (await withSupabase(allOthers))
  for (const line of browserReport(BROWSER_REPORT)) console.log(line)
  if (!passed || !passedInBrowser) throw new StartError('Some tests failed; the report is above.')
})

/** Runs tests on a Supabase that nothing else has written to; or on the one the environment names. */
async function withSupabase(work: (supabase: TestSupabase) => Promise<boolean>): Promise<boolean> {
  const supabase = await testSupabase()
  try {
    return await work(supabase)
  } finally {
    await supabase.stop()
  }
}

async function allOthers({ env, isEmbedded }: TestSupabase): Promise<boolean> {
  // Elsewhere the tests of the embedded Supabase itself would prove nothing.
  const except = isEmbedded
    ? ['scorecard']
    : [
        'scorecard',
        'local',
        'realtime',
        'live-broadcast',
        'faults',
        'shop',
        'attacks',
        'migrations',
        'upgrade',
      ]
  return runTool('vitest', ['run', ...except.map((project) => `--project=!${project}`)], env)
}

async function inBrowser(env: Record<string, string>, interrupted: AbortSignal): Promise<boolean> {
  if (!isBuilt()) {
    console.log('Building the shop …')
    await buildShop(interrupted)
  }
  rmSync(BROWSER_REPORT, { force: true })
  const shop = await startShop({ mode: 'start', port: await freePort(), env })
  try {
    return await runTool('playwright', ['test', ...files], {
      ...env,
      SITE_URL: shop.url,
      PLAYWRIGHT_JSON_OUTPUT_FILE: BROWSER_REPORT,
    })
  } finally {
    await shop.stop()
  }
}

/** Whether it passed. */
async function runTool(name: string, args: string[], env: Record<string, string>): Promise<boolean> {
  const tool = spawn(join(ROOT, 'node_modules', '.bin', name), args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  })
  const [code] = await once(tool, 'exit')
  return code === 0
}
