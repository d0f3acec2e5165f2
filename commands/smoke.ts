import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, requireFreePort } from 'embedded-supabase/ports'
import { runCommand } from 'embedded-supabase/run-command'
import { StartError } from 'embedded-supabase/start-error'
import { ROOT } from './root'

const PAGES = ['/', '/staff/sign-in', '/art/scene-window.svg']
const BUILDING = 'Building the shop'

process.env.NEXT_DIST_DIR ??= '.next-test'

// npm run smoke: `npm start` on an empty folder, opened, stopped, and once more on what it left.
await runCommand(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'onhand-smoke-'))
  const ports = { shop: await freePort(), api: await freePort(), database: await freePort() }
  try {
    const first = await visit(dataDir, ports)
    const second = await visit(dataDir, ports)
    console.log(`first start ${seconds(first.took)}, second start ${seconds(second.took)}`)
    if (second.printed.includes(BUILDING)) throw new StartError('The second start built the shop again.')
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})

interface Visit {
  took: number
  printed: string
}

interface Ports {
  shop: number
  api: number
  database: number
}

/** Starts the shop, opens its pages, stops it; says what it printed and how many milliseconds it took to answer. */
async function visit(dataDir: string, ports: Ports): Promise<Visit> {
  const startedAt = performance.now()
  const flags = ['--data-dir', dataDir, '--api-port', String(ports.api), '--db-port', String(ports.database)]
  const shop = spawn(process.execPath, ['--import', 'tsx', 'commands/start.ts', ...flags], {
    cwd: ROOT,
    // Set but empty: neither the environment nor .env.local leads to another Supabase.
    env: { ...process.env, PORT: String(ports.shop), NEXT_PUBLIC_SUPABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const printed = await untilReady(shop)
  const took = performance.now() - startedAt
  for (const page of PAGES) {
    const { status } = await fetch(`http://localhost:${ports.shop}${page}`)
    if (status !== 200) throw new StartError(`${page} answered ${status} instead of 200.`)
    console.log(`${page} 200`)
  }
  shop.kill('SIGINT')
  const [code] = await once(shop, 'exit')
  if (code !== 0) throw new StartError(`npm start ended with ${code} after Ctrl-C.`)
  for (const [name, port] of Object.entries(ports))
    await requireFreePort(port, `${name} again`, 'it was not stopped')
  return { took, printed }
}

async function untilReady(shop: ChildProcess): Promise<string> {
  let printed = ''
  shop.stdout?.on('data', (chunk) => {
    printed += chunk
  })
  while (!printed.includes('Ctrl-C stops everything')) {
    if (shop.exitCode !== null) throw new StartError('npm start ended before the shop answered; see above.')
    await sleep(100)
  }
  return printed
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
