import { randomBytes, randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { World } from '@/tests/kernel/history/world'
import { type Caller, person } from '@/tests/support/database'
import { aGuest } from '@/tests/support/shop/shopping'
import type { CallerKind, Target } from './catalog'
import type { Json } from './json'
import type { Pools } from './samples'

/** The actors, the values they may use, and the secrets that none of them may ever receive. */
export type Cast = {
  people: Record<CallerKind, Caller[]>
  pools: Pools
  /** Marks other people's data: no response to a guest or a shopper may contain it. */
  secret: string
}

const TOKENS = 12
/** An adversary in another owner's shop. Its people have separate secrets, some of which read as JSON. */
export async function aCast(sql: Sql, secret: string): Promise<Cast> {
  const staff = async (role: 'viewer' | 'stock' | 'manager') => [
    await person(sql, role),
    await person(sql, role),
  ]
  return {
    people: {
      anon: [{ role: 'anon' }],
      guest: [{ role: 'service_role' }],
      shopper: [await person(sql), await person(sql)],
      viewer: await staff('viewer'),
      stock: await staff('stock'),
      manager: await staff('manager'),
    },
    pools: {
      ids: new Map(),
      tokens: Array.from({ length: TOKENS }, (_, n) => aSecret(n)),
      used: [],
      keys: [],
    },
    secret,
  }
}

/** Forty characters, forty digits, an object or a list, as jsonb would print them. */
function aSecret(n: number): string {
  const random = randomBytes(18).toString('hex')
  switch (n % 4) {
    case 0:
      return randomUUID() + randomUUID()
    case 1:
      return `{"t": "${random}"}`
    case 2:
      return `["${random}"]`
    default:
      return `1${BigInt(`0x${random.slice(0, 32)}`)
        .toString()
        .padStart(39, '7')}`
  }
}

/** Orders and carts of people who do nothing wrong, for the adversary to want. */
export async function innocents(sql: Sql, world: World, secret: string): Promise<void> {
  for (let n = 0; n < 4; n++) {
    const guest = aGuest(sql, undefined, `${n}.${secret}@innocent.test`)
    await guest.hold(world.variants[2 + n] ?? '', 2)
    if (n > 0) await guest.place(n === 1 ? 'sandbox' : 'on_collection')
  }
}

/** Entries of waitlists: of a person who does nothing wrong, and some that the adversary has the links of. */
export async function queuers(sql: Sql, world: World, secret: string, { tokens }: Pools): Promise<void> {
  for (const [n, token] of [null, ...tokens].entries()) {
    const [entry] = await sql`insert into private.waitlist (variant_id, email, status)
      values (${world.variants[n % 3] ?? ''}, ${`${n}.${n === 0 ? secret : 'queue'}@queue.test`}, 'unconfirmed')
      returning id::text as id`
    if (token)
      await sql`insert into private.waitlist_links values (private.token_hash(${token}), ${String(entry?.id)})`
  }
}

/** Where ids of this kind are kept: an argument `order_id` names a row of `orders`. */
const OTHER_NAMES: Record<string, string> = {
  cart: 'cart_id',
  after: 'order_id',
  left_out: 'variant_id',
  location_ids: 'location_id',
  from_location_id: 'location_id',
  to_location_id: 'location_id',
}

/** Reads the current ids again, by the names the arguments of the API have for them. */
export async function refill(sql: Sql, pools: Pools, targets: Target[]): Promise<void> {
  const keyed = await sql<{ table: string; column: string }[]>`
    select c.relname as table, a.attname as column
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    join pg_index as i on i.indrelid = c.oid and i.indisprimary and i.indnkeyatts = 1
    join pg_attribute as a on a.attrelid = c.oid and a.attnum = i.indkey[0] and a.atttypid in ('uuid'::regtype, 'bigint'::regtype)
    where n.nspname = 'public'`
  const idsIn = async (table: string, column: string) => {
    const rows = await sql`select ${sql(column)}::text as id from ${sql(table)} order by ctid desc limit 30`
    return rows.map((row) => row.id as Json)
  }
  const names = new Set([
    ...targets.flatMap(({ arguments: args }) =>
      args.filter(({ type }) => /uuid|bigint/.test(type)).map(({ name }) => name),
    ),
    ...['variant_id', 'location_id', 'order_item_id', 'order_id', 'payment_id', 'product_id', 'user_id'],
  ])
  for (const name of names) {
    const stem = (OTHER_NAMES[name] ?? name).replace(/_id$/, '')
    const table = keyed.find(({ table }) => [`${stem}s`, stem.replace(/y$/, 'ies')].includes(table))
    const looser = table ?? keyed.find(({ table }) => table.endsWith(`_${stem}s`))
    if (looser) pools.ids.set(name, await idsIn(looser.table, looser.column))
  }
  const people = await sql`select id::text as id from auth.users order by ctid desc limit 20`
  for (const name of ['user_id', 'owner', 'who'])
    pools.ids.set(
      name,
      people.map((row) => row.id as Json),
    )
  const keys =
    await sql`select key::text as key from private.idempotency_keys order by created_at desc limit 30`
  pools.keys = keys.map((row) => row.key as string)
  pools.ids.set('change', pools.keys)
  pools.ids.set('', [...new Set([...pools.ids.values()].flat())])
}
