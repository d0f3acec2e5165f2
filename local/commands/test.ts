import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { browserPath } from '@/local/browser'
import { buildShop, isBuilt } from '@/local/build'
import { ROOT } from '@/local/config'
import { freePort } from '@/local/ports'
import { startShop } from '@/local/shop'
import { StartError } from '@/local/start-error'
import { testSupabase } from '@/local/test-stack'
import { runCommand } from './run-command'

// npm test: every test, on a Supabase and a shop of its own. npm run e2e -- FILE: those in the browser alone.
const [first, ...files] = process.argv.slice(2)
const isBrowserOnly = first === 'e2e'
process.env.NEXT_DIST_DIR ??= '.next-test'

await runCommand(async (interrupted) => {
  browserPath()
  const supabase = await testSupabase()
  try {
    // Elsewhere the tests of the embedded Supabase itself would prove nothing.
    const except = supabase.isEmbedded ? [] : ['--project=!local', '--project=!realtime']
    const passed = isBrowserOnly || (await runTool('vitest', ['run', ...except], supabase.env))
    if (interrupted.aborted) return
    const passedInBrowser = await inBrowser(supabase.env, interrupted)
    if (!passed || !passedInBrowser) throw new StartError('Some tests failed; the report is above.')
  } finally {
    await supabase.stop()
  }
})

async function inBrowser(env: Record<string, string>, interrupted: AbortSignal): Promise<boolean> {
  if (!isBuilt()) {
    console.log('Building the shop …')
    await buildShop(interrupted)
  }
  const shop = await startShop({ mode: 'start', port: await freePort(), env })
  try {
    return await runTool('playwright', ['test', ...files], { ...env, SITE_URL: shop.url })
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
