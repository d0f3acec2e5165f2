import { expect, test } from 'vitest'
import { refusalIn } from '@/lib/domain/core/data-api-error'

test('a refusal raised in SQL keeps its code and its parsed detail', () => {
  const refusal = refusalIn({ code: 'PT403', message: 'role_required', details: '{"role": "stock"}' })

  expect(refusal).toEqual({ code: 'role_required', detail: { role: 'stock' } })
})

test('a recount that met a moved number carries the movements between', () => {
  const movement = {
    id: 7,
    variant_id: 'aaaaaaaa-0000-4000-8000-000000000001',
    location_id: 'bbbbbbbb-0000-4000-8000-000000000001',
    delta: -3,
    reason: 'damage',
    document: null,
    note: null,
    actor: '00000000-0000-0000-0000-000000000000',
    created_at: '2026-11-23T01:00:00+00:00',
    source_kind: 'adjustment',
    source_id: null,
  }
  const detail = { expected: 12, counted: 10, on_hand: 9, ledger_position: 7, movements: [movement] }

  const refusal = refusalIn({ code: 'PT409', message: 'stock_moved', details: JSON.stringify(detail) })

  expect(refusal).toEqual({ code: 'stock_moved', detail })
})

test('an expired session reads as being signed out', () => {
  expect(refusalIn({ code: 'PGRST303', message: 'JWT expired' })).toEqual({ code: 'signed_out', detail: {} })
})

test.for([
  { code: '23505', message: 'duplicate key value violates unique constraint' },
  { code: '', message: 'TypeError: fetch failed' },
  { code: 'PT409', message: 'a_code_nobody_knows', details: '{}' },
  { code: 'PT403', message: 'role_required', details: '{not json' },
])('a fault is not dressed up as a refusal: $code $message', (error) => {
  expect(refusalIn(error)).toBeUndefined()
})

test.for([
  ['25006', 'cannot execute UPDATE in a read-only transaction', 'read_only'],
  ['53100', 'could not extend file: No space left on device', 'read_only'],
  ['58030', 'could not write to file', 'read_only'],
  ['53300', 'sorry, too many clients already', 'busy'],
  ['55P03', 'canceling statement due to lock timeout', 'busy'],
  ['57014', 'canceling statement due to statement timeout', 'busy'],
  ['57P03', 'the database system is starting up', 'busy'],
  ['40001', 'could not serialize access', 'busy'],
  ['40P01', 'deadlock detected', 'busy'],
  ['PGRST003', 'Timed out acquiring connection from connection pool.', 'busy'],
  ['08006', 'connection failure', undefined],
  ['23505', 'duplicate key value', undefined],
] as const)('%s (%s) is refused as %s', ([code, message, refused]) => {
  expect(refusalIn({ code, message })?.code).toBe(refused)
})
