import { isDeepStrictEqual } from 'node:util'
import type { Sql } from 'postgres'
import { summed } from '@/tests/kernel/history/call'
import type { Entry, History } from '@/tests/kernel/history/history'
import { levelKey, type World } from '@/tests/kernel/history/world'
import { cartFaults } from './check-carts'
import { orderFaults } from './check-orders'
import { limitFaults, restFaults } from './check-rest'

export type Done = Entry & { outcome: Extract<Entry['outcome'], { is: 'done' }> }
const EXPECTED = new Set([
  'not_enough_left',
  'limit_reached',
  'hold_limit',
  'hold_paused',
  'cart_empty',
  'not_found',
  'order_not_open',
  'not_allocated_here',
  'not_handed_over',
  'insufficient_stock',
  'stock_moved',
  'import_conflict',
  'import_changed',
  'bad_signature',
  'still_available',
  'waitlist_limit',
  'offer_ended',
  'busy',
])
/** Of these, which need no key, only the effect is the same. */
const KEYLESS = new Set(['release_expired_holds', 'extend_hold', 'time passes', 'leave_waitlist'])

/**
 * The faults of a history: nothing, or sentences. Reads the shop as it is now and compares it with the model. First
 * repeats some of the acknowledged calls, which must change nothing.
 */
export async function faultsIn(
  sql: Sql,
  world: World,
  { entries, seen }: History,
  askedAgain = 400,
): Promise<string[]> {
  const done = entries.filter((entry): entry is Done => entry.outcome.is === 'done')
  const repeats = done.filter(({ operation }) => !KEYLESS.has(operation))
  await askAgain(sql, repeats, askedAgain)

  const faults = [
    ...new Set(seen),
    ...entries.flatMap(answerFaults),
    ...repeats.flatMap(repeatFaults),
    ...(await unitFaults(sql, world, done)),
    ...(await cartFaults(sql, world, done)),
    ...(await orderFaults(sql, world, done)),
    ...(await limitFaults(sql, world)),
  ]
  for (const row of await sql`select * from public.verify_inventory()`)
    faults.push(`drift: ${JSON.stringify(row)}`)
  return [...faults, ...(await restFaults(sql, world))]
}

/** Long after everybody has been told: the same key, the same answer. */
async function askAgain(sql: Sql, repeats: Done[], most: number): Promise<void> {
  const step = Math.max(1, Math.ceil(repeats.length / most))
  for (const { again, outcome } of repeats.filter((_, n) => n % step === 0)) {
    outcome.answers.push(await again(sql).catch((error: Error) => ({ refused: error.message })))
  }
}

function answerFaults({ operation, outcome }: Entry): string[] {
  if (outcome.is === 'broken') return [`${operation} broke: ${outcome.error}`]
  if (outcome.is === 'done') return []
  if (!EXPECTED.has(outcome.code))
    return [`${operation} was refused with ${outcome.code} ${JSON.stringify(outcome.detail)}`]
  const short = (outcome.detail.short ?? []) as { wanted?: number; left?: number }[]
  return short
    .filter((line) => line.left !== undefined && Number(line.left) >= Number(line.wanted))
    .map((line) => `${operation} refused ${line.wanted} though ${line.left} were left`)
}

function repeatFaults({ operation, key, outcome }: Done): string[] {
  return outcome.answers.every((answer) => isDeepStrictEqual(answer, outcome.answers[0]))
    ? []
    : [`${operation} ${key} answered differently the second time: ${JSON.stringify(outcome.answers)}`]
}

/** Units are neither made nor lost: what was there, plus everything acknowledged, is what is there. */
async function unitFaults(sql: Sql, world: World, done: Done[]): Promise<string[]> {
  const ledger = summed([...world.start, ...done.flatMap(({ outcome }) => [...outcome.moves])])
  const rows =
    await sql`select variant_id, location_id, on_hand from public.stock_levels where variant_id = any(${world.variants}::uuid[])`
  const counted = new Map(
    rows.map((row) => [levelKey(row.variant_id, row.location_id), row.on_hand as number]),
  )
  return [...new Set([...ledger.keys(), ...counted.keys()])].flatMap((level) => {
    const [expected, actual] = [ledger.get(level) ?? 0, counted.get(level) ?? 0]
    return expected === actual
      ? []
      : [`level ${level}: acknowledged calls leave ${expected} units, the shop counts ${actual}`]
  })
}
