import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signJwt } from '#keys'
import {
  type Asker,
  committed,
  expected,
  filters,
  ledger,
  people,
  policies,
} from '#tests/realtime/support/oracle'
import { openStage, type Stage, user1, user2 } from '#tests/realtime/support/stage'

let stage: Stage
const slot = 'oracle'
const inAnHour = Math.floor(Date.now() / 1000) + 3600

beforeAll(async () => {
  stage = await openStage()
  await stage.sql.unsafe(ledger)
  await stage.sql`select pg_create_logical_replication_slot(${slot}, 'test_decoding')`
})
afterAll(async () => {
  await stage.sql`select pg_drop_replication_slot(${slot})`
  await stage.close()
})

const id = fc.integer({ min: 1, max: 6 })
const row = fc.record({
  room: fc.constantFrom('a', 'b', 'c', null),
  n: fc.option(fc.integer({ min: 0, max: 9 })),
  owner: fc.constantFrom(user1, user2, null),
})
const statement = fc.oneof(
  fc.record({ op: fc.constant('upsert' as const), id, row }),
  fc.record({ op: fc.constant('update' as const), id, row }),
  fc.record({ op: fc.constant('move' as const), id, to: id }),
  fc.record({ op: fc.constant('delete' as const), id }),
)
const transaction = fc.record({
  statements: fc.array(statement, { minLength: 1, maxLength: 4 }),
  isRolledBack: fc.boolean(),
})
const round = fc.record({
  policy: fc.option(fc.constantFrom(...policies)),
  isFull: fc.boolean(),
  hidden: fc.subarray(['id', 'room', 'n', 'owner']),
  askers: fc.array(
    fc.record({
      person: fc.nat(people.length - 1),
      filter: fc.nat(filters.length - 1),
      event: fc.constantFrom('*', 'INSERT', 'UPDATE', 'DELETE'),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  writers: fc.array(fc.array(transaction, { maxLength: 4 }), { minLength: 1, maxLength: 3 }),
})

test('every subscriber receives what plain SQL would return, whoever writes', async () => {
  const property = fc.asyncProperty(round, async ({ policy, isFull, hidden, askers, writers }) => {
    await stage.sql`truncate ledger`
    await stage.sql`delete from ledger_log`
    await rule({ policy: null, hidden: [], isFull })
    await stage.settle()
    const clients = await Promise.all(askers.map(listen))
    await stage.sql`select count(*) from pg_logical_slot_get_changes(${slot}, null, null)`
    stage.faults.stallsChanges = true
    await Promise.all(writers.map(write))
    await rule({ policy, hidden, isFull })

    stage.faults.stallsChanges = false
    await stage.settle()

    await Promise.all(clients.map((client) => client.caughtUp()))
    const changes = await committed(stage.sql, slot)
    for (const [index, asker] of askers.entries()) {
      const heard = clients[index]?.frames.filter(({ event }) => event === 'postgres_changes') ?? []
      const told = heard.map(({ payload: { data } }) => {
        const { type, record, old_record, errors } = data
        return JSON.parse(JSON.stringify({ type, record, old_record, errors }))
      })
      expect(told).toEqual(await expected(stage.sql, asker, changes))
    }
    for (const client of clients) client.cut()
  })
  await fc.assert(property, { numRuns: 40, endOnFailure: true })
}, 120_000)

/** The state in which the changes are read. */
async function rule({
  policy,
  hidden,
  isFull,
}: {
  policy: string | null
  hidden: string[]
  isFull: boolean
}) {
  const shown = ['id', 'room', 'n', 'owner'].filter((column) => !hidden.includes(column))
  await stage.sql.unsafe(`
    alter table ledger replica identity ${isFull ? 'full' : 'default'};
    drop policy if exists readers on ledger;
    alter table ledger ${policy ? 'enable' : 'disable'} row level security;
    ${policy ? `create policy readers on ledger for select using (${policy});` : ''}
    revoke all on ledger from anon, authenticated, service_role;
    grant select on ledger to service_role;
    ${shown.length ? `grant select (${shown.join(', ')}) on ledger to anon, authenticated;` : ''}
  `)
}

async function listen({ person, filter, event }: Asker) {
  const { role, sub } = people[person] ?? people[0]
  const client = await stage.connect()
  const token = signJwt({ role, exp: inAnHour, ...(sub ? { sub } : {}) })
  const wanted = filters[filter]?.filter
  await client.listen(
    'realtime:oracle',
    [{ event, schema: 'public', table: 'ledger', ...(wanted ? { filter: wanted } : {}) }],
    token,
  )
  return client
}

type Transaction = typeof transaction extends fc.Arbitrary<infer T> ? T : never

async function write(transactions: Transaction[]): Promise<void> {
  for (const { statements, isRolledBack } of transactions) {
    await stage.sql
      .begin(async (tx) => {
        for (const one of statements) {
          if (one.op === 'upsert') {
            await tx`insert into ledger ${tx({ id: one.id, ...one.row })} on conflict (id) do update set room = excluded.room, n = excluded.n`
          } else if (one.op === 'update') await tx`update ledger set ${tx(one.row)} where id = ${one.id}`
          else if (one.op === 'move') await tx`update ledger set id = ${one.to} where id = ${one.id}`
          else await tx`delete from ledger where id = ${one.id}`
        }
        if (isRolledBack) throw new Error('rolled back')
      })
      // Deadlocks and keys taken roll back too: what did not commit must not be told.
      .catch(() => undefined)
  }
}
