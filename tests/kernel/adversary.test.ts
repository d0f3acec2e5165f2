import { afterAll, expect, test } from 'vitest'
import { shrink } from '@/tests/kernel/history/shrink'
import { endPriceRules } from '@/tests/kernel/history/world'
import { connect } from '@/tests/support/database'
import type { Attempt, Fault } from './adversary/attempt'
import { targetsOf } from './adversary/catalog'
import { grouped, onslaught } from './adversary/onslaught'
import { malicePlan, malicePlanOf } from './adversary/plan'
import { hasSample } from './adversary/samples'
import { staffReads } from './adversary/staff-reads'

// Sizes that fit a build; `npm run test:kernel` sets larger ones. A seed that failed is run again by naming it, or a part
// of it by naming that (ADVERSARY_ONLY), as a failure says.
const size = {
  seed: Number(process.env.KERNEL_SEED ?? Date.now() % 1_000_000),
  calls: Number(process.env.ADVERSARY_CALLS ?? 8_000),
  connections: Number(process.env.ADVERSARY_CONNECTIONS ?? 6),
}
const only = process.env.ADVERSARY_ONLY?.split(',')
/** The number of calls of each function by each role, and their outcomes. */
const tally = (attempts: Attempt[]) =>
  [...Map.groupBy(attempts, ({ target, kind, outcome }) => `${target.name} as ${kind}: ${outcome}`)]
    .map(([what, calls]) => `${calls.length} ${what}`)
    .sort((one, other) => Number.parseInt(other, 10) - Number.parseInt(one, 10))
    .join('\n')

/** Of many faults, the one to look for: what begins its kind. */
const wanted = process.env.ADVERSARY_FAULT ?? ''
const shrinkForMs = Number(process.env.KERNEL_SHRINK_SECONDS ?? 0) * 1000

const url = process.env.KERNEL_DATABASE_URL ?? ''
const sql = connect(4, url)
afterAll(async () => {
  await endPriceRules(sql)
  await sql.end()
})

test('every JSON argument of the API has a sample the adversary can start from', async () => {
  const missing = (await targetsOf(sql)).flatMap(({ name, arguments: args }) =>
    args.filter((arg) => /json/.test(arg.type) && !hasSample(arg.name)).map((arg) => `${name}.${arg.name}`),
  )

  expect(missing).toEqual([])
})

test('every function that staff read by is among what is read after an attack', async () => {
  const read = new Set(staffReads.map(({ name }) => name))
  const unread = (await targetsOf(sql)).filter(
    ({ name, reads, callerKinds }) =>
      reads && callerKinds.includes('viewer') && !read.has(name) && !FOR_OTHERS.has(name),
  )

  expect(unread.map(({ name }) => name)).toEqual([])
})

/** Reads of shoppers, of a caller's own role and of whoever checks the shop: no staff page shows what they return. */
const FOR_OTHERS = new Set([
  'cart_units',
  'export_account',
  'is_own_order',
  'own_staff_role',
  'quote_cart',
  'read_cart',
  'read_conversation',
  'read_invitation',
  'read_last_contact',
  'read_own_conversations',
  'read_own_orders',
  'verify_inventory',
])

test(`the shop adds up and can be read after any calls to any functions (seed ${size.seed})`, {
  timeout: 1_800_000,
}, async () => {
  const plan = only ? malicePlanOf(size.seed, only) : malicePlan(size.seed, size.calls, size.connections)
  const begun = performance.now()

  const { attempts, faults, targets } = await onslaught(sql, url, plan)

  const done = attempts.filter(({ outcome }) => outcome === 'done')
  const slowest = attempts.toSorted((one, other) => other.took - one.took)[0]
  console.log(
    [
      `${attempts.length} calls of ${new Set(attempts.map(({ target }) => target.name)).size} of ${targets.length} functions, ${done.length} of them done, in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
      `the slowest took ${Math.round(slowest?.took ?? 0)} ms: ${slowest?.target.name}`,
    ].join('\n'),
  )
  if (process.env.ADVERSARY_TALLY) console.log(tally(attempts))
  const kinds = grouped(faults)
  let again = `Again: KERNEL_SEED=${size.seed} ADVERSARY_CONNECTIONS=${size.connections} ADVERSARY_CALLS=${size.calls} npx vitest run --project kernel adversary`
  if (kinds.length > 0 && !only && shrinkForMs > 0) {
    const isIt = ({ kind }: Fault) => kind.startsWith(wanted)
    const fails = async (part: typeof plan) => (await onslaught(sql, url, part, isIt)).faults.some(isIt)
    const part = await shrink(plan, fails, Date.now() + shrinkForMs)
    again += `\nThe ${part.flat().length} that are enough: ADVERSARY_ONLY=${part.flat().map(({ name }) => name)}`
  }
  expect(kinds, again).toEqual([])
  expect(done.length).toBeGreaterThan(only ? -1 : attempts.length / 5)
})
