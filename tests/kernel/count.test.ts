import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { TransactionSql } from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { connect, rolledBack } from '@/tests/support/database'
import { aCountedLocation, type Event, happenings } from '@/tests/support/shop/counted-location'

// A shop that trades while it is counted. Units move and are recorded up to 25 seconds apart, in either order; two
// spots are counted by two people, whose entries arrive late, twice, and in any order. The true shelf is known, so the
// final ledger is right or wrong.
const sql = connect(1, process.env.KERNEL_DATABASE_URL)
afterAll(() => sql.end())

const longestLag = 25
type Method = 'the count' | 'set to what was counted' | 'the difference from the number at entry'

interface Plan {
  /** Spots to count, each by another person. */
  spots: readonly (0 | 1)[]
  missing: number
  events: Event[]
  /** The next actor, and the seconds that pass before. */
  steps: { who: number; seconds: number }[]
}

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one history of a count among sales.
async function play(tx: TransactionSql, plan: Plan, method: Method) {
  const room = await aCountedLocation(tx, 40, plan.missing, plan.spots.length)
  const events = plan.events.map((event) =>
    plan.spots.includes(event.spot) ? event : { ...event, spot: 0 as const },
  )
  const [count] =
    await tx`select id from public.start_count(${room.here}, false, ${randomUUID()}, null, 'Front shelf')`
  const [{ sku } = { sku: '' }] = await tx`select sku from public.variants where id = ${room.variantId}`
  const lookedAt: [number, number] = [0, 0]
  const found: [number, number] = [0, 0]
  const moved = new Map<Event, number>()
  const recorded = new Map<string, Event>()
  let turn = 0
  let numberAtEntry = 0

  /** Everybody's actions, in order; `begunAt` is when the first half of an event happened. */
  const actors: { todo: (() => Promise<void>)[]; begunAt?: number }[] = []
  for (const event of events) {
    const each = await room.begin(event)
    const actor: (typeof actors)[number] = { todo: [] }
    const move = async () => {
      each.move()
      moved.set(event, turn)
      actor.begunAt ??= room.now()
    }
    const book = async () => {
      recorded.set(await each.book(), event)
      actor.begunAt ??= room.now()
    }
    actor.todo = event.recordedFirst ? [book, move] : [move, book]
    actors.push(actor)
  }
  for (const spot of plan.spots) {
    const entry = { id: randomUUID(), code: sku, units: 0, began: 0, ended: 0, withdrawn: false }
    const mistake = { ...entry, id: randomUUID(), units: 99 }
    const send = async (sent: typeof entry) => {
      const [began_ms, ended_ms] = [room.now() - sent.began, room.now() - sent.ended]
      const { id, code, units, withdrawn } = sent
      const line = tx.json([{ id, code, units, withdrawn, began_ms, ended_ms }])
      await tx`select public.record_count(${count?.id}, ${line})`
    }
    actors.push({
      todo: [
        async () => {
          entry.began = room.now()
        },
        async () => {
          found[spot] = room.seen(spot)
          lookedAt[spot] = turn
        },
        async () => {
          Object.assign(entry, { ended: room.now(), units: found[spot] })
          Object.assign(mistake, { began: entry.began, ended: entry.ended })
        },
        () => send({ ...mistake, withdrawn: spot === 1 }),
        () => send(entry),
        () => send({ ...mistake, withdrawn: spot === 0 }),
        async () => {
          await send(entry)
          numberAtEntry = await room.onHand()
        },
      ],
    })
  }

  const continueWork = async (actor: (typeof actors)[number]) => {
    turn += 1
    await actor.todo.shift()?.()
  }
  for (const { who, seconds } of plan.steps) {
    for (const actor of actors) {
      const late =
        actor.begunAt !== undefined && room.now() + seconds * 1000 - actor.begunAt > longestLag * 1000
      if (late && actor.todo.length > 0) await continueWork(actor)
    }
    await room.pass(seconds)
    const busy = actors.filter(({ todo }) => todo.length > 0)
    const next = busy[who % busy.length]
    if (next) await continueWork(next)
  }
  for (const actor of actors) while (actor.todo.length > 0) await continueWork(actor)

  const onHand = await room.onHand()
  const counted = found[0] + found[1]
  const recount = (to: number) =>
    tx`select public.recount_stock(${room.variantId}, ${room.here}, ${onHand}, ${to}, ${randomUUID()})`
  if (method === 'set to what was counted') await recount(counted)
  else if (method === 'the difference from the number at entry')
    await recount(onHand + counted - numberAtEntry)
  else {
    await room.pass(31)
    const [answer] = await tx`select public.read_count(${count?.id}) as read`
    const lines = answer?.read.lines as { counted: number; movements: { id: number }[] }[]
    expect(lines.map((line) => line.counted)).toEqual([counted])
    for (const { id } of lines.flatMap(({ movements }) => movements)) {
      const event = recorded.get(String(id))
      if (!event) throw new Error('asked about a movement nobody made')
      const had = (moved.get(event) ?? 0) < lookedAt[event.spot]
      await tx`select public.answer_count(${count?.id}, ${id}, ${had})`
    }
    await tx`select public.approve_count(${count?.id}, ${randomUUID()})`
  }
  return {
    recorded: await room.onHand(),
    there: room.seen(0) + room.seen(1),
    before: onHand,
    count: count?.id,
    room,
  }
}

const event: fc.Arbitrary<Event> = fc.record({
  what: fc.constantFrom(...happenings),
  units: fc.integer({ min: 1, max: 2 }),
  spot: fc.constantFrom(0 as const, 1 as const),
  recordedFirst: fc.boolean(),
})
const plan: fc.Arbitrary<Plan> = fc.record({
  spots: fc.constantFrom([0] as const, [0, 1] as const),
  missing: fc.integer({ min: -3, max: 3 }),
  events: fc.array(event, { minLength: 1, maxLength: 4 }),
  steps: fc.array(
    fc.record({ who: fc.nat(11), seconds: fc.oneof(fc.nat(4), fc.integer({ min: 20, max: 60 })) }),
    {
      minLength: 10,
      maxLength: 26,
    },
  ),
})
const becomesTheShelf = (method: Method) =>
  fc.asyncProperty(plan, (each) =>
    rolledBack(sql, async (tx) => {
      const { recorded, there } = await play(tx, each, method)
      return recorded === there
    }),
  )

test('the number becomes the true shelf, whatever is sold, received and handed out during a count', {
  timeout: 300_000,
}, async () => {
  await fc.assert(becomesTheShelf('the count'), { numRuns: 120 })
})

test('setting the number to what was counted does not survive the same shop', async () => {
  const { failed } = await fc.check(becomesTheShelf('set to what was counted'), {
    numRuns: 100,
    endOnFailure: true,
  })
  expect(failed).toBe(true)
})

test('nor does the difference from the number at the moment of typing', async () => {
  const { failed } = await fc.check(becomesTheShelf('the difference from the number at entry'), {
    numRuns: 100,
    endOnFailure: true,
  })
  expect(failed).toBe(true)
})

/** Every way to put an event's two halves among the seven actions of a counter: 36 orders times nine. */
const everyOrder = Array.from({ length: 9 }, (_, first) =>
  Array.from({ length: 8 - first }, (_, n) => first + n + 1).map((second) =>
    Array.from({ length: 9 }, (_, slot) => (slot === first || slot === second || slot > second ? 0 : 1)),
  ),
).flat()

test.for(happenings)('one event (%s) in every order around a look', { timeout: 300_000 }, async (what) => {
  for (const order of everyOrder) {
    for (const recordedFirst of [true, false]) {
      const steps = order.map((who) => ({ who, seconds: 1 }))
      await rolledBack(sql, async (tx) => {
        const events = [{ what, units: 2, spot: 0 as const, recordedFirst }]
        const { recorded, there } = await play(tx, { spots: [0], missing: 1, events, steps }, 'the count')
        expect({ order, recordedFirst, recorded }).toEqual({ order, recordedFirst, recorded: there })
      })
    }
  }
})

test('a reversed count leaves the ledger as it was, and what was sold since stays sold', () =>
  rolledBack(sql, async (tx) => {
    const quiet: Plan = { spots: [0, 1], missing: 3, events: [], steps: [] }
    const { count, before, room } = await play(tx, quiet, 'the count')
    await tx`select public.adjust_stock(${room.variantId}, ${room.here}, -5, 'damage', ${randomUUID()})`

    await tx`select public.reverse_count(${count}, ${randomUUID()})`

    expect(await room.onHand()).toBe(before - 5)
    expect([...(await tx`select * from private.inventory_drift()`)]).toEqual([])
  }))
