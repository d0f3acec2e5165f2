import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { forgetMigrations, noteMigrations, requireSameMigrations } from '#migration-notes'
import { aFolder } from './support/stack-process'

/** Data to which two migrations were applied, and the project they came from. */
function appliedData() {
  const [dataDir, project] = [aFolder(), aFolder()]
  const migrations = join(project, 'supabase', 'migrations')
  mkdirSync(migrations, { recursive: true })
  const write = (name: string, text: string) => writeFileSync(join(migrations, name), text)
  write('20270101000000_initial.sql', 'create table public.kept (id int);')
  write('20270201000000_more.sql', 'create table public.more (id int);')
  noteMigrations(dataDir, project)
  return { dataDir, write, migrations, start: () => requireSameMigrations(dataDir, project) }
}

test('an upgrade that adds a migration starts on the data there is', () => {
  const { write, start } = appliedData()
  write('20270301000000_added.sql', 'create table public.added (id int);')

  expect(start).not.toThrow()
})

test('an edited migration is named, with the way out that keeps the data', () => {
  const { dataDir, write, start } = appliedData()
  write('20270101000000_initial.sql', 'create table public.kept (id bigint);')

  expect(start).toThrow(
    `supabase/migrations/20270101000000_initial.sql was changed after it was applied to the data in ${dataDir}`,
  )
  expect(start).toThrow(/git checkout .*npm run db:migration/)
})

test('a removed migration is named', () => {
  const { migrations, start } = appliedData()
  rmSync(join(migrations, '20270201000000_more.sql'))

  expect(start).toThrow('20270201000000_more.sql was removed after it was applied')
})

test('no way out deletes data', () => {
  const { write, start } = appliedData()
  write('20270101000000_initial.sql', '')

  expect(start).not.toThrow(/--fresh|delete/)
})

test('a database that starts over accepts every migration', () => {
  const { dataDir, write, start } = appliedData()
  write('20270101000000_initial.sql', '')
  forgetMigrations(dataDir)

  expect(start).not.toThrow()
})
