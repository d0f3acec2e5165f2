import { expect, test } from 'vitest'
import { SCHEMA_VERSION, schemaComplaint } from '@/lib/domain/core/schema-version'

test('a shop works with the schema it was written for', () => {
  expect(schemaComplaint(SCHEMA_VERSION)).toBeNull()
})

test('an older database is told to be upgraded, with the command', () => {
  expect(schemaComplaint('20270101000000', '20270201000000')).toMatch(
    /older \(schema 20270101000000\) than this shop \(schema 20270201000000\).*npx supabase db push/,
  )
})

test('a newer database asks for the newer shop or for the backup', () => {
  expect(schemaComplaint('20270301000000', '20270201000000')).toMatch(
    /newer \(schema 20270301000000\).*Install the release.*restore the backup/,
  )
})

test('a database without the schema is told how to get it', () => {
  expect(schemaComplaint(null)).toMatch(/does not have the schema.*npx supabase db push/)
})
