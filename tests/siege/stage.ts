import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from 'embedded-supabase/ports'
import { runningStack } from 'embedded-supabase/stack-state'
import postgres, { type Sql } from 'postgres'
import { ROOT } from '@/commands/root'
import { buildShop, isBuilt } from '@/commands/shop/build'
import { startShop } from '@/commands/shop/shop'
import { environmentOf } from '@/commands/stack/shop-stack'
import { until } from '@/tests/support/until'
import type { AttackArguments, AttackName, AttackResult } from './attacker-process'
import type { Mode } from './proxy-process'

/** Runs an attack in the process of one attacker; resolves with its result. One at a time. */
export type Attacker = <Name extends AttackName>(
  name: Name,
  ...args: AttackArguments<Name>
) => Promise<AttackResult<Name>>

/** A shop under load: the Supabase, its proxy, the shop and each attacker, each in a separate process. */
export interface Stage {
  shop: string
  sql: Sql
  /** Makes the API hang, refuse or work. Throws when it does not. */
  turn: (mode: Mode) => Promise<void>
  attackers: [Attacker, Attacker]
  stop: () => Promise<void>
}

export async function setStage(): Promise<Stage> {
  process.env.NEXT_DIST_DIR ??= '.next-test'
  if (!isBuilt()) {
    console.log('Building the shop …')
    await buildShop()
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'onhand-siege-'))
  const [apiPort, proxyPort] = [await freePort(), await freePort()]
  const undo: (() => unknown)[] = [() => rmSync(dataDir, { recursive: true, force: true })]
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const flags = ['--data-dir', dataDir, '--api-port', `${apiPort}`, '--db-port', `${await freePort()}`]
    const stack = spawn(process.execPath, ['--import', 'tsx', 'commands/stack.ts', ...flags], {
      cwd: ROOT,
      env: { ...process.env, npm_lifecycle_event: 'stack' },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const stackEnded = once(stack, 'exit')
    undo.push(() => {
      stack.kill('SIGINT')
      return stackEnded
    })
    const address = await until(() => {
      if (stack.exitCode !== null) throw new Error('the stack ended before it was up')
      return runningStack(dataDir)
    }, 200)
    const proxy = fork(join(import.meta.dirname, 'proxy-process.ts'), [`${proxyPort}`, `${apiPort}`], {
      execArgv: ['--import', 'tsx'],
    })
    undo.push(() => proxy.kill())
    await once(proxy, 'message')
    const shop = await startShop({
      mode: 'start',
      port: await freePort(),
      env: {
        ...environmentOf({ ...address, apiUrl: `http://127.0.0.1:${proxyPort}` }),
        TRUSTED_PROXIES: '1',
      },
    })
    undo.push(shop.stop)
    process.env.ATTACKED_SHOP_URL = shop.url
    const sql = postgres(address.databaseUrl, { max: 2, onnotice: () => undefined })
    undo.push(() => sql.end())
    const attackers: Stage['attackers'] = [await attacker(undo), await attacker(undo)]
    const turn = async (mode: Mode) => {
      const turned = once(proxy, 'message')
      proxy.send(mode)
      await turned
      const state = await stateOf(`http://127.0.0.1:${proxyPort}/rest/v1/`)
      if (state !== mode) throw new Error(`the API was to ${mode}, and does ${state}`)
    }
    return { shop: shop.url, sql, turn, attackers, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** How the API answers: within two seconds, or not. */
async function stateOf(api: string): Promise<Mode> {
  try {
    await fetch(api, { signal: AbortSignal.timeout(2_000) })
    return 'pass'
  } catch (cause) {
    return cause instanceof Error && cause.name === 'TimeoutError' ? 'hang' : 'refuse'
  }
}

async function attacker(undo: (() => unknown)[]): Promise<Attacker> {
  const child = fork(join(import.meta.dirname, 'attacker-process.ts'), { execArgv: ['--import', 'tsx'] })
  undo.push(() => child.kill())
  await once(child, 'message')
  return async (name, ...args) => {
    child.send([name, ...args])
    const [result] = await once(child, 'message')
    return result
  }
}
