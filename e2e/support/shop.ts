import { randomUUID } from 'node:crypto'
import postgres, { type Sql } from 'postgres'

/** A new product, with two variants and a separate location. */
export interface Goods {
  productId: string
  title: string
  handle: string
  /** In the order of the options, "Blue" and "Green". */
  variants: readonly [Sellable, Sellable]
  location: { id: string; name: string }
}

export interface Sellable {
  id: string
  sku: string
  name: string
}

/** The database, as whoever runs the shop may reach it: for what a test needs before a person comes in. */
export function connect(): Sql {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set: run the browser tests by "npm run e2e".')
  return postgres(url, { max: 2, onnotice: () => undefined })
}

export async function makeGoods(sql: Sql, units: number): Promise<Goods> {
  const tag = randomUUID().slice(0, 8)
  const title = `Jug ${tag}`
  const variant = (option: string): Sellable => ({
    id: randomUUID(),
    sku: `JUG-${tag}-${option.toUpperCase()}`,
    name: `${title}, ${option}`,
  })
  const productId = randomUUID()
  const goods: Goods = {
    productId,
    title,
    handle: `jug-${tag}`,
    variants: [variant('Blue'), variant('Green')],
    location: { id: randomUUID(), name: `Cellar ${tag}` },
  }
  const [blue, green] = goods.variants
  await sql.begin(async (tx) => {
    await tx`insert into public.categories (slug, title) values ('tests', 'Tests') on conflict do nothing`
    await tx`insert into public.locations (id, slug, name, position)
      values (${goods.location.id}, ${`cellar-${tag}`}, ${goods.location.name}, 50)`
    await tx`insert into public.products (id, handle, title, category, option_names, limited, status, position)
      values (${productId}, ${goods.handle}, ${title}, 'tests', '{Glaze}', true, 'active', 9000)`
    await tx`insert into public.variants (id, product_id, sku, option_values, price_minor, position) values
      (${blue.id}, ${productId}, ${blue.sku}, '{Blue}', 4200, 1),
      (${green.id}, ${productId}, ${green.sku}, '{Green}', 4200, 2)`
    const lines = goods.variants.map(({ id }) => ({ variant_id: id, quantity: units }))
    await tx`select from public.receive_stock(${goods.location.id}, ${tx.json(lines)}, 'First delivery', ${randomUUID()})`
  })
  return goods
}

/** The ledger keeps what happened; the shop forgets what was sold here. */
export async function unlist(sql: Sql, goods: Goods): Promise<void> {
  await sql`update public.products set status = 'archived' where handle = ${goods.handle}`
  await sql`update public.locations set active = false where id = ${goods.location.id}`
}

/** A change by nobody in a browser: a script, a till, the API. */
export async function changeInDatabase(
  sql: Sql,
  goods: Goods,
  variant: Sellable,
  delta: number,
): Promise<void> {
  await sql`select from public.adjust_stock(${variant.id}, ${goods.location.id}, ${delta}, 'correction', ${randomUUID()})`
}

/** Ada orders from the sofa, to have it delivered, and pays online. */
export async function orderByPost(sql: Sql, variant: Sellable, units: number): Promise<PlacedOrder> {
  const address = { line1: '1 Quay', postcode: '9000', city: 'Ghent', country: 'BE' }
  const placed = await placeOrder(sql, variant, units, { method: 'delivery', address }, 'sandbox')
  await pay(sql, placed)
  return placed
}

/** Ada orders from the sofa, to collect it at the goods' location, and pays there. */
export async function orderForCollection(
  sql: Sql,
  { location, variants: [blue] }: Goods,
  units: number,
): Promise<PlacedOrder> {
  return placeOrder(sql, blue, units, { method: 'collection', location_id: location.id }, 'on_collection')
}

interface PlacedOrder {
  order_id: string
  number: number
  payment_id: string
  total_minor: number
}

async function placeOrder(
  sql: Sql,
  { id }: Sellable,
  units: number,
  handover: Record<string, string | Record<string, string>>,
  provider: 'sandbox' | 'on_collection',
): Promise<PlacedOrder> {
  const token = randomUUID().replaceAll('-', '')
  await sql`select public.hold_stock(${id}, ${units}, ${randomUUID()}, ${token})`
  const [row] = await sql`select public.place_order(${sql.json({ email: 'ada@example.test', name: 'Ada' })},
    ${sql.json(handover)}, ${provider}, ${randomUUID()}, ${token}, ${token}) as placed`
  return row?.placed
}

/** The sandbox provider confirms a payment. */
async function pay(sql: Sql, { payment_id, total_minor }: PlacedOrder): Promise<void> {
  const payload = JSON.stringify({
    provider: 'sandbox',
    event_id: randomUUID(),
    payment_id,
    kind: 'captured',
    amount_minor: total_minor,
  })
  await sql`select public.receive_payment_event(${payload}, public.sign_sandbox_event(${payload}))`
}
