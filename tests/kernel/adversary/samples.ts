import { randomUUID } from 'node:crypto'
import type { Json, JsonObject } from './json'
import { pick, type Random } from './spellings'

/** The sources of values: ids that exist, by the name of an argument, and secrets of the attacker. */
export type Pools = {
  ids: Map<string, Json[]>
  tokens: string[]
  /** Of these, the last that a call succeeded with: whose carts may have something in them. */
  used: string[]
  /** Keys that were used before, by anybody. */
  keys: string[]
}

export type Source = { pools: Pools; random: Random; labels: Record<string, string[]> }

/** A value that is right by name and type, as far as a name tells. */
export function plainValue(source: Source, name: string, type: string): Json {
  const { random } = source
  if (/\[\]$/.test(type)) {
    return Array.from({ length: 1 + random(3) }, () => plainValue(source, name, type.slice(0, -2)))
  }
  const labels = source.labels[type]
  if (labels) return pick(labels, random)
  if (type === 'jsonb' || type === 'json') return sampleOf(source, name)
  if (/token|secret/.test(name)) return aSecret(source)
  if (/^(network|agent|request)$/.test(name)) return aHash(source)
  if (name === 'idempotency_key') return aKey(source)
  if (type === 'boolean') return random(2) === 1
  if (type === 'uuid') return anId(source, name)
  if (/^timestamp|^date/.test(type)) return new Date(Date.now() + (random(9) - 5) * 3_600_000).toISOString()
  if (/_id$/.test(name) && type === 'bigint') return anId(source, name)
  if (/int|numeric/.test(type)) return 1 + random(4)
  return plainText(source, name)
}

const aSecret = ({ pools, random }: Source) =>
  pick(pools.used.length > 0 && random(3) > 0 ? pools.used : pools.tokens, random)

/** As the shop's server names a network, an agent or a request: 32 hex digits. */
const aHash = ({ random }: Source) => pick(['a', 'b', 'c'], random).repeat(32)

/** Claims that only the shop's server may make about a guest; from any other caller they must have no effect. */
const said = (source: Source): JsonObject =>
  source.random(2) === 0 ? {} : { network: aHash(source), proof: source.random(2) === 0 }

export const anId = ({ pools, random }: Source, name: string): Json =>
  pick(pools.ids.get(name) ?? pools.ids.get('') ?? [randomUUID()], random)

/** Mostly new. Else a key that is in use already. */
function aKey({ pools, random }: Source): string {
  return random(6) === 0 && pools.keys.length > 0 ? pick(pools.keys, random) : randomUUID()
}

function plainText({ random, pools }: Source, name: string): string {
  if (name === 'email') return `mallory${random(5)}@evil.test`
  if (name === 'code' && random(2) === 0) return `sale-${random(4)}`
  if (name === 'payload') {
    return JSON.stringify({
      provider: 'sandbox',
      event_id: randomUUID(),
      payment_id: pick(pools.ids.get('payment_id') ?? [randomUUID()], random),
      kind: pick(['captured', 'declined', 'refunded'], random),
      amount_minor: 1200 * (1 + random(3)),
    })
  }
  if (name === 'taken_as') return pick(['cash', 'card'], random)
  if (name === 'quantity') return pick(['on_hand', 'held', 'committed', 'safety', 'available'], random)
  return pick(['Mallory', 'mug', 'a', 'to_pick', 'count 1', `SKU-${random(50)}`], random)
}

const lines = (of: (source: Source) => JsonObject) => (source: Source) =>
  Array.from({ length: 1 + source.random(4) }, () => of(source))

const units = ({ random }: Source) => 1 + random(3)
const value = (source: Source, name: string, type = 'uuid') => plainValue(source, name, type)

function anOrder(source: Source): JsonObject {
  return {
    contact: sampleOf(source, 'contact'),
    delivery: sampleOf(source, 'delivery'),
    payment: pick(['on_collection', 'on_collection', 'sandbox'], source.random),
    idempotency_key: aKey(source),
    cart_token: aSecret(source),
    order_token: randomUUID() + randomUUID(),
    ...said(source),
  }
}

/** A valid value of each JSON argument. A test holds that no argument of the API is missing here. */
const samples: Record<string, (source: Source) => Json> = {
  'hold_stocks.requests': lines((source) => ({
    variant_id: value(source, 'variant_id'),
    quantity: units(source),
    idempotency_key: aKey(source),
    cart_token: aSecret(source),
    ...said(source),
  })),
  'place_orders.requests': lines(anOrder),
  requests: lines(anOrder),
  contact: (source) => ({ email: plainText(source, 'email'), name: 'Mallory', phone: '+49 40 1' }),
  delivery: (source) =>
    source.random(2) === 0
      ? { method: 'collection', location_id: anId(source, 'location_id') }
      : {
          method: 'delivery',
          address: { line1: '1 Quay', postcode: '20095', city: 'Hamburg', country: 'DE' },
        },
  choices: (source) => ({
    ...{ name: 'Mallory', email: plainText(source, 'email') },
    ...{ method: 'collection', location_id: anId(source, 'location_id') },
  }),
  payment: (source) => ({
    order_key: randomUUID(),
    provider: pick(['on_collection', 'sandbox'], source.random),
    expected_minor: 1200 * (1 + source.random(3)),
  }),
  lines: lines((source) => ({
    variant_id: value(source, 'variant_id'),
    location_id: value(source, 'location_id'),
    order_item_id: value(source, 'order_item_id', 'bigint'),
    quantity: units(source),
    delta: units(source) - 2,
    outcome: pick(['restock', 'damaged', 'inspect'], source.random),
  })),
  fields: (source) => ({
    name: `Shop ${source.random(4)}`,
    address: { line1: '1 Quay', postcode: '20095', city: 'Hamburg', country: 'DE' },
    hours: [{ day: 1 + source.random(7), from: '09:00', to: '18:00' }],
    hours_note: '',
    title: `Jugs ${source.random(4)}`,
    blurb: 'For water.',
    picture: '',
  }),
  parcel: (source) => ({ carrier: 'Parcel men', tracking_number: `P123${source.random(9)}` }),
  zone: (source) => ({
    name: `Zone ${source.random(4)}`,
    estimate: 'Two days',
    countries: [pick(['DE', 'FR', 'BE'], source.random)],
    postcodes: [],
    rates: [{ from_minor: 0, minor: 100 * source.random(9) }],
  }),
  discount: (source) => ({
    title: `Sale ${source.random(4)}`,
    ...(source.random(2) === 0 && { code: `SALE-${source.random(4)}`, uses_limit: 1 + source.random(3) }),
    kind: pick(['percent', 'free_delivery'], source.random),
    percent_bp: 100 * (1 + source.random(100)),
  }),
  shorts: (source) => ({
    [String(value(source, 'variant_id'))]: pick(['not_sent', 'lost', 'damaged'], source.random),
  }),
  problems: lines((source) => ({ line: units(source), problem: 'bad' })),
  product: (source) => ({
    handle: `evil-${source.random(1e6)}`,
    title: 'Evil mug',
    description_html: '<p>Evil</p>',
    category: 'tests',
    option_names: ['Size'],
    tax_rate_bp: 1900,
    variants: [{ sku: `EVIL-${source.random(1e6)}`, option_values: ['L'], price_minor: 1200 }],
  }),
  expected: (source) => ({
    version: units(source),
    variants: { [String(value(source, 'variant_id'))]: units(source) },
  }),
  changes: (source) => ({
    title: 'Mug',
    status: 'active',
    tags: ['a'],
    media: [{ src: '/art/jug-sky-mustard-7.svg', alt: '', variant_id: null }],
    variants: { [String(value(source, 'variant_id'))]: { price_minor: 1200, limit_per_person: 5 } },
  }),
  entries: lines((source) => ({
    id: randomUUID(),
    code: plainText(source, 'code'),
    units: units(source),
    began_ms: 3_600_000,
    ended_ms: 3_590_000,
  })),
  products: lines((source) => ({
    line: units(source),
    handle: `evil-${source.random(9)}`,
    title: 'Evil',
    status: 'active',
    category: 'tests',
    option_names: ['Size'],
    tags: [],
    media: [],
    variants: [
      { line: 2, sku: `EVIL-${source.random(9)}`, option_values: ['L'], price_minor: 5, on_hand: 3 },
    ],
  })),
  levels: lines((source) => ({
    line: units(source),
    sku: plainText(source, 'sku'),
    location: 'shop',
    on_hand: 2,
    counted: 3,
  })),
}

export function sampleOf(source: Source, name: string, of = ''): Json {
  const sample = samples[`${of}.${name}`] ?? samples[name]
  return sample ? sample(source) : {}
}

export const hasSample = (name: string) => Object.hasOwn(samples, name)
