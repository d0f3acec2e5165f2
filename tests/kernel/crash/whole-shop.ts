import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from 'embedded-supabase/ports'
import { clusterPath } from 'embedded-supabase/postgres/cluster'
import { runningStack } from 'embedded-supabase/stack-state'
import { ROOT } from '@/commands/root'
import { type Shop, startShop } from '@/commands/shop/shop'
import { environmentOf } from '@/commands/stack/shop-stack'
import { startRoundRobin } from '@/tests/support/round-robin'
import { until } from '@/tests/support/until'

/** Kill -9 meets PostgreSQL, one of the shop's servers, or both, all servers and `npm start` with the Data API inside. */
export const VICTIMS = ['the database', 'a server', 'everything'] as const
export type Victim = (typeof VICTIMS)[number]

const READY = 'Ctrl-C stops everything'

const SERVERS = 3

/**
 * `npm start` on a separate folder and ports, and three servers of the shop on its Supabase behind a load balancer. All can
 * be killed and started again on the same data.
 */
export async function startWholeShop() {
  const dataDir = mkdtempSync(join(tmpdir(), 'onhand-crash-'))
  const [shopPort, apiPort, databasePort] = [await freePort(), await freePort(), await freePort()]
  const balancer = await startRoundRobin()
  let run = await start()
  let servers = await Promise.all(Array.from({ length: SERVERS }, startServer))
  let gone: Shop[] = []

  async function startServer(): Promise<Shop> {
    const stack = runningStack(dataDir)
    if (!stack) throw new Error('the Supabase of npm start does not run')
    const env = { ...environmentOf(stack), SITE_URL: balancer.url }
    const server = await startShop({ mode: 'start', port: await freePort(), env })
    balancer.add(server.url)
    return server
  }

  async function start() {
    const flags = ['--data-dir', dataDir, '--api-port', `${apiPort}`, '--db-port', `${databasePort}`]
    const process_ = spawn(process.execPath, ['--import', 'tsx', 'commands/start.ts', ...flags], {
      cwd: ROOT,
      // Set but empty: neither the environment nor .env.local leads to another Supabase.
      env: { ...process.env, PORT: `${shopPort}`, NEXT_PUBLIC_SUPABASE_URL: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const exited = once(process_, 'exit')
    const told: string[] = []
    for (const stream of [process_.stdout, process_.stderr])
      stream.on('data', (chunk) => told.push(`${chunk}`))
    const isGone = () => process_.exitCode !== null || process_.signalCode !== null
    await until(() => told.join('').includes(READY) || isGone())
    return { process: process_, exited, isGone, told }
  }

  return {
    url: balancer.url,
    databaseUrl: `postgres://postgres:postgres@127.0.0.1:${databasePort}/postgres`,
    /** kill -9, without a clean shutdown. Child processes stop automatically, or are killed as well after a while. */
    async kill(victim: Victim): Promise<void> {
      const npmStart = run.process.pid ?? 0
      // The load balancer goes on sending requests there until others take their places.
      gone = victim === 'everything' ? servers : victim === 'a server' ? servers.slice(0, 1) : []
      if (gone.length > 0) killAll(gone)
      if (victim === 'a server') return
      if (victim === 'the database') killAll(databaseProcesses(dataDir))
      if (victim === 'everything') killAll([...databaseProcesses(dataDir), ...withChildren(npmStart)])
      await Promise.race([run.exited, sleep(5000)])
      if (!run.isGone()) killAll(withChildren(npmStart))
      await run.exited
    },
    /** On the same files. Ports and shared memory of processes that were killed take a moment to come free. */
    async restart(): Promise<void> {
      for (let attempt = 0; run.isGone(); attempt++) {
        if (attempt === 20) throw new Error(`the shop does not start again:\n${run.told.join('')}`)
        if (attempt > 0) await sleep(500)
        run = await start()
      }
      const others = servers.filter((server) => !gone.includes(server))
      servers = [...others, ...(await Promise.all(gone.map(startServer)))]
      await Promise.all(gone.map(({ url }) => balancer.remove(url)))
      gone = []
    },
    async stop(): Promise<void> {
      await Promise.all(servers.map(({ stop }) => stop()))
      balancer.stop()
      run.process.kill('SIGINT')
      await run.exited
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The postmaster and every backend. */
function databaseProcesses(dataDir: string): { pid: number }[] {
  const [postmaster = ''] = readFileSync(join(clusterPath(dataDir), 'postmaster.pid'), 'utf8').split('\n')
  return [{ pid: Number(postmaster) }, ...childrenOf(Number(postmaster))]
}

const withChildren = (parent: number) => [{ pid: parent }, ...childrenOf(parent)]

function childrenOf(parent: number): { pid: number }[] {
  const list = execFileSync('ps', ['-o', 'pid=', '--ppid', `${parent}`], { encoding: 'utf8' })
  return list
    .trim()
    .split('\n')
    .map((pid) => ({ pid: Number(pid) }))
}

function killAll(processes: { pid: number }[]): void {
  if (processes.length === 0) throw new Error('there is nothing to kill')
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      // A backend may have ended since it was listed.
      if ((error as { code?: string }).code !== 'ESRCH') throw error
    }
  }
}
