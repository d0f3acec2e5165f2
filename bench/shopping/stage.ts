import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from 'embedded-supabase/ports'
import postgres, { type Sql } from 'postgres'

/** A whole shop under load: the servers of `npm start`, in separate processes, on a database nobody else uses. */
export interface Stage {
  shop: string
  supabaseUrl: string
  /** The process `npm start` is: the Data API is in it, the shop's server and PostgreSQL below it. */
  pid: number
  dataDir: string
  /** As superuser, like `sql`. */
  databaseUrl: string
  sql: Sql
  /** PostgreSQL's log so far. */
  postgresLog: () => string
  /** Every line anyone complained in: the shop, the Data API (faults alone; refusals are none), PostgreSQL. */
  complaints: () => string[]
  stop: () => Promise<void>
}

export async function setStage(): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'onhand-bench-'))
  const [port, apiPort, databasePort] = [await freePort(), await freePort(), await freePort()]
  const flags = ['--data-dir', dataDir, '--api-port', `${apiPort}`, '--db-port', `${databasePort}`]
  const start = spawn(process.execPath, ['--import', 'tsx', 'commands/start.ts', ...flags], {
    env: {
      // As npm starts it: then it stops automatically when we are gone, even by kill -9.
      npm_lifecycle_event: 'start',
      NEXT_DIST_DIR: '.next-test',
      ...process.env,
      PORT: `${port}`,
      // Empty, which .env.local does not override: never on a developer's Supabase.
      NEXT_PUBLIC_SUPABASE_URL: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const said = listen(start)
  const shop = `http://localhost:${port}`
  await untilOpen(start, shop, said)

  const databaseUrl = `postgres://supabase_admin:postgres@127.0.0.1:${databasePort}/postgres`
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined })
  const read = (name: string) => {
    const path = join(dataDir, name)
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }
  return {
    shop,
    supabaseUrl: `http://127.0.0.1:${apiPort}`,
    pid: start.pid ?? 0,
    dataDir,
    databaseUrl,
    sql,
    postgresLog: () => read('postgres.log'),
    complaints: () => [
      ...said().filter((line) => /error|warn|⨯|could not/i.test(line)),
      ...read('api.log')
        .split('\n')
        .filter((line) => /code: '(?:40|53|55|57|58|XX)|timeout|ECONN/i.test(line)),
      ...read('postgres.log')
        .split('\n')
        .filter((line) => /deadlock|lock timeout|canceling|too many|FATAL|PANIC/.test(line)),
    ],
    stop: async () => {
      await sql.end()
      start.kill('SIGINT')
      if (start.exitCode === null) await once(start, 'exit')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function listen(child: ChildProcess): () => string[] {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
  }
  return () => text.split('\n').filter(Boolean)
}

async function untilOpen(start: ChildProcess, shop: string, said: () => string[]): Promise<void> {
  for (;;) {
    if (start.exitCode !== null) throw new Error(`npm start ended:\n${said().join('\n')}`)
    const isOpen = await fetch(`${shop}/checkout`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isOpen) return
    await sleep(200)
  }
}
