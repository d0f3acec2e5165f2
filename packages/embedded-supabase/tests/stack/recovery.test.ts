import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { answers } from './support/answers'
import { aFolder, runStack, twoPorts } from './support/stack-process'

const AT = (port: number) => `postgres://postgres:postgres@127.0.0.1:${port}/postgres`

test('a stack that is killed keeps what was committed and starts again', async () => {
  const dataDir = aFolder()
  const ports = await twoPorts()
  const first = await runStack(dataDir, ports)
  await writeDownTo(ports.databasePort, 'before the kill')

  first.process.kill('SIGKILL')
  await first.ended

  const second = await runStack(dataDir, ports)
  expect(second.printed).toContain('API_URL=')
  expect(await readFrom(ports.databasePort)).toEqual(['before the kill'])
})

test('a killed stack leaves no server behind on its port', async () => {
  const ports = await twoPorts()
  const stack = await runStack(aFolder(), ports)

  stack.process.kill('SIGKILL')
  await stack.ended

  await expect.poll(() => answers(ports.databasePort), { timeout: 5000 }).toBe(false)
  expect(await answers(ports.apiPort)).toBe(false)
})

test('when PostgreSQL is killed the stack reports it, ends, and starts again with nothing lost', async () => {
  const dataDir = aFolder()
  const ports = await twoPorts()
  const first = await runStack(dataDir, ports)
  await writeDownTo(ports.databasePort, 'committed')

  process.kill(
    Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
    'SIGKILL',
  )
  const { code, said } = await first.ended

  expect(code).toBe(1)
  expect(said).toContain('PostgreSQL stopped unexpectedly')
  await runStack(dataDir, ports)
  expect(await readFrom(ports.databasePort)).toEqual(['committed'])
})

test('Ctrl-C stops everything the stack started', async () => {
  const ports = await twoPorts()
  const stack = await runStack(aFolder(), ports)

  stack.process.kill('SIGINT')
  const { code } = await stack.ended

  expect(code).toBe(0)
  expect(await answers(ports.databasePort)).toBe(false)
  expect(await answers(ports.apiPort)).toBe(false)
})

async function writeDownTo(port: number, line: string): Promise<void> {
  const sql = postgres(AT(port), { max: 1, onnotice: () => undefined })
  await sql`create table if not exists public.diary (line text)`
  await sql`insert into public.diary values (${line})`
  await sql.end()
}

async function readFrom(port: number): Promise<string[]> {
  const sql = postgres(AT(port), { max: 1 })
  const rows = await sql<{ line: string }[]>`select line from public.diary`
  await sql.end()
  return rows.map(({ line }) => line)
}
