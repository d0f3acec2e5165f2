import { setTimeout as sleep } from 'node:timers/promises'
import { faultsIn } from '@/tests/kernel/history/checks/check'
import { isCut } from '@/tests/kernel/history/cut'
import { record } from '@/tests/kernel/history/history'
import { planFrom, randomFrom } from '@/tests/kernel/history/intents'
import { aWorld, type World } from '@/tests/kernel/history/world'
import { connect } from '@/tests/support/database'
import { webFaults } from './web-faults'
import { type Visit, visit } from './web-visit'
import { startWholeShop, VICTIMS } from './whole-shop'

// npm run test:crash [-- ROUNDS]: kill -9 at a random instant under load, of the database, of one of three servers or of
// everything in turn; then `npm start` on the same files. People buy over HTTP, and others call the functions. Nobody
// knows whether what they sent was done; they send it again with its key until they are told.
process.env.NEXT_DIST_DIR ??= '.next-test'
const rounds = Number(process.argv[2] ?? 30)
const seed = Number(process.env.KERNEL_SEED ?? Date.now() % 1_000_000)
const operations = Number(process.env.KERNEL_OPERATIONS ?? 240)
const CONNECTIONS = 16
const GUESTS = 4
const random = randomFrom(seed)

// When a connection dies while it is being made, the driver leaves an unhandled promise behind. Our own calls are
// awaited.
process.on('unhandledRejection', (error) => {
  if (!isCut(error)) throw error
})

const shop = await startWholeShop()
const acknowledged = { calls: 0, orders: new Set<string>() }
try {
  for (let round = 1; round <= rounds; round++) await crash(round)
  const sql = connect(1, shop.databaseUrl)
  const kept = await sql`select id from public.orders where id = any (${[...acknowledged.orders]}::uuid[])`
  const drift = [...(await sql`select * from public.verify_inventory()`)]
  await sql.end({ timeout: 1 })
  if (kept.length < acknowledged.orders.size || drift.length > 0)
    throw new Error(
      `after all rounds: ${kept.length} of ${acknowledged.orders.size} orders, ${JSON.stringify(drift)}`,
    )
  console.log(
    `${rounds} crashes, ${acknowledged.calls} acknowledged calls and ${acknowledged.orders.size} orders, none lost (seed ${seed})`,
  )
} finally {
  await shop.stop()
}

async function crash(round: number): Promise<void> {
  const sql = connect(4, shop.databaseUrl)
  const world = await aWorld(sql, CONNECTIONS)
  let isOpen = true
  const trading = record(shop.databaseUrl, sql, world, planFrom(seed + round, operations, CONNECTIONS))
  const shopping = Promise.all(Array.from({ length: GUESTS }, (_, n) => visits(world, n, () => isOpen)))
  // Both are looked at below; until then nobody else may call them unhandled.
  for (const work of [trading, shopping]) work.catch(() => undefined)

  const victim = VICTIMS[round % VICTIMS.length] ?? 'everything'
  await sleep(200 + random(2500))
  await shop.kill(victim)
  await shop.restart()

  const history = await trading
  isOpen = false
  const guests = (await shopping).flat()
  const faults = [
    ...(await webFaults(sql, guests)),
    ...(await faultsIn(sql, world, history, Number.POSITIVE_INFINITY)),
  ]
  await sql.end({ timeout: 1 })
  if (faults.length > 0)
    throw new Error(`round ${round} of seed ${seed}, ${victim} killed:\n${faults.slice(0, 20).join('\n')}`)

  const bought = guests.flatMap(({ orderId }) => orderId ?? [])
  const done = history.entries.filter((entry) => entry.outcome.is === 'done')
  acknowledged.calls += done.length
  for (const id of [...bought, ...world.orders.map((order) => order.id)]) acknowledged.orders.add(id)
  console.log(
    `${round}: ${victim} killed; ${done.length} calls, ${bought.length} of ${guests.length} guests bought`,
  )
}

/** One guest after the other, for as long as the shop is open. */
async function visits(world: World, lane: number, isOpen: () => boolean): Promise<Visit[]> {
  const done: Visit[] = []
  while (isOpen()) done.push(await visit(shop.url, world, lane + GUESTS * done.length))
  return done
}
