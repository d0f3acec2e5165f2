import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aWriter, bodiesOf, theInbox } from '@/tests/support/conversations/conversations'
import { connect } from '@/tests/support/database'
import { endsOrWaits, openTransaction, settled } from '@/tests/support/waitlist/concurrent'

// Races commit, on rows of their own.
const sql = connect(12)
const made: string[] = []
afterAll(async () => {
  await sql`delete from public.conversations where id = any (${made})`
  await sql.end({ timeout: 1 })
})

test('messages written at the same moment on both sides, each sent three times, are there once and in one order', async () => {
  const writer = aWriter(sql)
  const { conversation_id: id } = await writer.ask('shop', null, 'First')
  made.push(id)
  const keys = Array.from({ length: 10 }, () => randomUUID())
  await Promise.all(
    [0, 1, 2].flatMap(() =>
      keys.map((key, n) =>
        n % 2 === 0
          ? writer.send(id, `Message ${n}`, key)
          : theInbox(sql).answer(id, `Message ${n}`, false, key),
      ),
    ),
  )
  const seen = await writer.read(id)
  expect(seen.messages.map(({ position }) => position)).toEqual(Array.from({ length: 11 }, (_, n) => n + 1))
  expect(new Set(bodiesOf(seen))).toEqual(new Set(['First', ...keys.map((_, n) => `Message ${n}`)]))
  expect([...(await sql`select * from private.inventory_drift()`)]).toEqual([])
})

test('a question that is asked while another device asks it goes on in the same conversation', async () => {
  const writer = aWriter(sql)
  const first = await openTransaction(sql, (tx) => aWriter(tx, writer.token).ask('cart', null, 'One'))
  const other = writer.ask('cart', null, 'Two')
  expect(await endsOrWaits(sql, settled(other))).toBe('waits')
  expect(await first.end()).toBe('done')
  const { conversation_id: id } = await other
  made.push(id)
  expect(await writer.list()).toHaveLength(1)
  expect(bodiesOf(await writer.read(id))).toEqual(['One', 'Two'])
})
