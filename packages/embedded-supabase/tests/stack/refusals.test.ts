import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import postgres from 'postgres'
import { expect, onTestFinished, test } from 'vitest'
import { migrate } from '#migrations'
import { freePort } from '#ports'
import { startPostgres } from '#postgres/start-postgres'
import { aFolder, runStack, twoPorts } from './support/stack-process'

test('a taken port is named, with who has it and how to choose another', async () => {
  const { apiPort, databasePort } = await twoPorts()
  await occupy(apiPort)

  const { code, said } = await (await runStack(aFolder(), { apiPort, databasePort })).ended

  expect(code).toBe(1)
  expect(said).toContain(`Port ${apiPort}, wanted for the API, is taken by process ${process.pid}`)
  expect(said).toContain('--api-port')
  expect(said).not.toContain('    at ')
})

test('a second stack on the same data is refused and the first goes on', async () => {
  const dataDir = aFolder()
  const first = await runStack(dataDir, await twoPorts())

  const { code, said } = await (await runStack(dataDir, await twoPorts())).ended

  expect(code).toBe(1)
  expect(said).toContain(`A stack already runs on ${dataDir} (process ${first.process.pid})`)
  expect(first.process.exitCode).toBeNull()
})

test('data of another PostgreSQL version is left alone', async () => {
  const dataDir = aFolder()
  mkdirSync(join(dataDir, 'postgres'))
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '15\n')

  await expect(startPostgres({ dataDir, port: await freePort() })).rejects.toThrow(
    /was written by PostgreSQL 15; this stack runs 17.*--fresh/,
  )
})

test('a folder that cannot be written is named', async () => {
  const file = join(aFolder(), 'a-file')
  writeFileSync(file, '')
  const dataDir = join(file, 'data')

  await expect(startPostgres({ dataDir, port: await freePort() })).rejects.toThrow(
    `The data folder ${dataDir} cannot be written`,
  )
})

test('an unknown flag is answered with the flags there are', async () => {
  const { code, said } = await (await runStack(aFolder(), await twoPorts(), ['--seedless'])).ended

  expect(code).toBe(1)
  expect(said).toMatch(/Unknown option '--seedless'.*--data-dir/)
})

test('a failing migration names file, statement and error, and is rolled back completely', async () => {
  const server = await startPostgres({ dataDir: aFolder(), port: await freePort() })
  onTestFinished(server.stop)
  const project = aProjectWith({
    '20260101000000_good.sql': 'create table public.kept (id int);',
    '20260102000000_bad.sql': 'create table public.half (id int); select nonsense from public.half;',
  })

  const failure = migrate(server.url, { seed: false, project })

  await expect(failure).rejects.toThrow(
    /20260102000000_bad\.sql[\s\S]*column "nonsense" does not exist[\s\S]*select nonsense from public\.half/,
  )
  const sql = postgres(server.url, { max: 1 })
  const [tables] = await sql`select to_regclass('public.kept') as kept, to_regclass('public.half') as half`
  const applied = await sql`select version from supabase_migrations.schema_migrations`
  await sql.end()
  expect(tables).toEqual({ kept: 'kept', half: null })
  expect(applied).toEqual([{ version: '20260101000000' }])
})

async function occupy(port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1')
  onTestFinished(() => void server.close())
}

function aProjectWith(migrations: Record<string, string>): string {
  const project = aFolder()
  mkdirSync(join(project, 'supabase', 'migrations'), { recursive: true })
  writeFileSync(join(project, 'supabase', 'config.toml'), 'project_id = "tiny"\n')
  for (const [name, text] of Object.entries(migrations)) {
    writeFileSync(join(project, 'supabase', 'migrations', name), text)
  }
  return project
}
