import { KEYS, signJwt } from 'embedded-supabase/keys'
import { type Row, report } from './figures/report'
import { Crowd } from './realtime-load/crowd'
import { type Field, openField } from './realtime-load/field'

const topic = 'realtime:stock'
const user = signJwt({ role: 'authenticated', sub: '11111111-1111-4111-8111-111111111111', exp: 1983812996 })
const anon = () => KEYS.anonJwt
const crowds: [size: number, samples: number][] = [
  [1, 400],
  [100, 100],
  [1_000, 40],
  [5_000, 20],
]
const throughputCrowd = 500
const throughputMs = 5_000
/** Changes under way at once: enough to fill the pipe, too few to build a queue. */
const inFlight = 64

/** Commit to last frame, and changes a second, beside a bare WebSocket server that sends the same bytes. */
export async function run(): Promise<void> {
  const field = await openField()
  const rows: Row[] = []
  try {
    for (const [size, samples] of crowds) rows.push(await latency(field, size, samples))
    rows.push(...(await throughput(field)))
  } finally {
    await field.close()
  }
  report(
    'realtime',
    'Commit to the last frame of a crowd on one changing row; the limit is a bare `ws` server sending the same bytes to the same crowd.',
    rows,
  )
}

async function latency(field: Field, size: number, samples: number): Promise<Row> {
  const bare = await bareCrowd(field, size)
  const limit = await sample(bare, samples, async () => void bare.sockets[0]?.send(frame))
  bare.close()
  const crowd = await joinedCrowd(field, size, 'open_rows', anon)
  const ours = await sample(
    crowd,
    samples,
    async () => void (await field.sql`insert into open_rows (sku, on_hand) values ('A-1', 7)`),
  )
  crowd.close()
  const text = ({ p50, p99 }: Spread) => `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`
  return {
    what: `${size} subscriber${size > 1 ? 's' : ''}, commit to last frame`,
    measured: text(ours),
    limit: text(limit),
    ratio: (ours.p50 / limit.p50).toFixed(2),
    target: size === 1 ? 'p50 under 5 ms, p99 under 20 ms' : size === 1_000 ? 'ratio at most 2' : '',
  }
}

type Spread = { p50: number; p99: number }

/** Milliseconds from the end of `act` (the commit) to the frame that reaches the last of the crowd. */
async function sample(crowd: Crowd, samples: number, act: () => Promise<void>): Promise<Spread> {
  const times: number[] = []
  for (let n = 0; n < samples + 5; n++) {
    let committed = 0
    let last = 0
    const arrived = crowd.until(crowd.heard + crowd.sockets.length).then(() => {
      last = performance.now()
    })
    const start = performance.now()
    await act()
    committed = act.length === 0 ? performance.now() : start
    await arrived
    if (n >= 5) times.push(Math.max(last - committed, 0))
    await new Promise((done) => setTimeout(done, 5))
  }
  times.sort((a, b) => a - b)
  const at = (part: number) => times[Math.min(Math.floor(times.length * part), times.length - 1)] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}

async function throughput(field: Field): Promise<Row[]> {
  const bare = await bareCrowd(field, throughputCrowd)
  const limit = await sustain(bare, async () => void bare.sockets[0]?.send(frame))
  bare.close()
  const measure = async (table: string, token: (index: number) => string): Promise<number> => {
    const crowd = await joinedCrowd(field, throughputCrowd, table, token)
    const insert = async () =>
      void (await field.sql`insert into ${field.sql(table)} (sku, on_hand) values ('A-1', 7)`)
    const rate = await sustain(crowd, insert)
    crowd.close()
    return rate
  }
  const open = await measure('open_rows', anon)
  const oneRole = await measure('secured_rows', anon)
  const twoRoles = await measure('secured_rows', (index) => (index % 2 ? user : KEYS.anonJwt))
  const row = (what: string, rate: number, target: string): Row => ({
    what: `${throughputCrowd} subscribers, ${what}`,
    measured: `${rate.toFixed(0)} changes/s`,
    limit: `${limit.toFixed(0)} messages/s`,
    ratio: (rate / limit).toFixed(2),
    target,
  })
  return [
    row('no row security', open, 'Supabase publishes 64'),
    row(
      `row security, one role: ${(open / oneRole).toFixed(2)} times the cost without`,
      oneRole,
      'at most 1.3 times',
    ),
    row('row security, two roles', twoRoles, 'Supabase publishes 30'),
  ]
}

/** Changes a second that reach everyone. */
async function sustain(crowd: Crowd, act: () => Promise<void>): Promise<number> {
  const size = crowd.sockets.length
  const before = crowd.heard
  const start = performance.now()
  let sent = 0
  while (performance.now() - start < throughputMs) {
    const arrived = (crowd.heard - before) / size
    const room = Math.floor(inFlight - (sent - arrived))
    if (room > 0) {
      sent += room
      await Promise.all(Array.from({ length: room }, act))
    }
    await new Promise((done) => setTimeout(done, 1))
  }
  await crowd.until(before + sent * size)
  return (sent / (performance.now() - start)) * 1_000
}

async function bareCrowd(field: Field, size: number): Promise<Crowd> {
  const crowd = new Crowd()
  await crowd.open(`${field.url}/bare`, size)
  crowd.listenBare()
  return crowd
}

async function joinedCrowd(
  field: Field,
  size: number,
  table: string,
  token: (index: number) => string,
): Promise<Crowd> {
  const crowd = new Crowd()
  await crowd.open(`${field.url}/realtime/v1/websocket?apikey=${KEYS.anonJwt}&vsn=2.0.0`, size)
  await crowd.join(topic, [{ event: '*', schema: 'public', table }], token)
  return crowd
}

/** A frame as Realtime sends it for these tables. */
const frame = JSON.stringify([
  null,
  null,
  topic,
  'postgres_changes',
  {
    ids: [48_989_601],
    data: {
      schema: 'public',
      table: 'open_rows',
      type: 'INSERT',
      commit_timestamp: '2026-11-23T01:31:50.985Z',
      columns: [
        { name: 'id', type: 'int8' },
        { name: 'sku', type: 'text' },
        { name: 'on_hand', type: 'int4' },
      ],
      record: { id: 1234, sku: 'A-1', on_hand: 7 },
      errors: null,
    },
  },
])
