import { expect, test } from 'vitest'
import {
  brokenMigrations,
  newMigrations,
  parseLock,
  readLock,
  releasedMigrations,
  unfinishedMigrations,
  withMigrations,
} from '@/commands/schema/lock'
import { migrationFiles, versionOf } from '@/commands/schema/sql-files'
import { SCHEMA_VERSION } from '@/lib/domain/core/schema-version'

const initial = { path: 'migrations/20270101000000_initial.sql', text: 'select 1;' }
const second = { path: 'migrations/20270301000000_second.sql', text: 'select 2;' }
const committed = withMigrations({ lines: [] }, [initial, second])

test('every committed migration is as it was committed', () => {
  expect(brokenMigrations(readLock(), migrationFiles())).toEqual([])
})

test('every migration is in the lock', () => {
  expect(
    newMigrations(readLock(), migrationFiles()).map(({ path }) => path),
    'run npm run db:lock and commit supabase/migrations.lock',
  ).toEqual([])
})

test('the code asks for the schema that the newest migration makes', () => {
  expect(SCHEMA_VERSION, 'npm run db:lock sets it').toBe(versionOf(migrationFiles().at(-1)?.path ?? ''))
})

test('a changed migration is an error that says to write another', () => {
  const [sentence, ...more] = brokenMigrations(committed, [{ ...initial, text: 'select 3;' }, second])

  expect(sentence).toMatch(
    /20270101000000_initial\.sql was changed after it was committed.*npm run db:migration/,
  )
  expect(more).toEqual([])
})

test('a removed migration is an error', () => {
  expect(brokenMigrations(committed, [initial])).toEqual([
    expect.stringMatching(/second\.sql was committed and is gone/),
  ])
})

test('a renamed migration is an error', () => {
  const renamed = { ...second, path: 'migrations/20270301000000_other.sql' }

  expect(brokenMigrations(committed, [initial, renamed])).toContainEqual(
    expect.stringMatching(/second\.sql was committed and is gone/),
  )
})

test('a migration inserted before a committed one is an error', () => {
  const inserted = { path: 'migrations/20270201000000_between.sql', text: '' }

  expect(brokenMigrations(committed, [initial, inserted, second])).toEqual([
    expect.stringMatching(/between\.sql is older than supabase\/migrations\/20270301000000_second\.sql/),
  ])
})

test('a migration after the committed ones is no error, and the lock takes it', () => {
  const third = { path: 'migrations/20270401000000_third.sql', text: 'select 3;' }
  const files = [initial, second, third]

  expect(brokenMigrations(committed, files)).toEqual([])
  expect(newMigrations(withMigrations(committed, files), files)).toEqual([])
})

test('a migration with statements to write is not locked', () => {
  const draft = {
    path: 'migrations/20270401000000_third.sql',
    text: '-- TODO: write this one.\n-- alter table …;',
  }

  expect(unfinishedMigrations(committed, [initial, second, draft])).toEqual([
    expect.stringMatching(/third\.sql has statements to write/),
  ])
  expect(unfinishedMigrations(committed, [initial, second, { ...draft, text: 'select 1;' }])).toEqual([])
})

test('a release brings the migrations above its line, and the initial one before any release', () => {
  const [first, last] = committed.lines
  if (!first || !last) throw new Error('the lock has two lines')

  expect(releasedMigrations(committed)).toEqual([initial.path])
  expect(releasedMigrations({ lines: [first, { release: '1.0.0' }, last] })).toEqual([initial.path])
  expect(releasedMigrations({ lines: [first, last, { release: '1.1.0' }] })).toEqual([
    initial.path,
    second.path,
  ])
})

test('a lock reads back as it was written', () => {
  const text = '# a comment\nabc  migrations/20270101000000_initial.sql\nreleased 1.0.0\n'

  expect(parseLock(text).lines).toEqual([
    { hash: 'abc', path: 'migrations/20270101000000_initial.sql' },
    { release: '1.0.0' },
  ])
})
