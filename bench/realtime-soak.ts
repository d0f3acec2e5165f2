import { setTimeout as sleep } from 'node:timers/promises'
import { KEYS } from 'embedded-supabase/keys'
import WebSocket from 'ws'
import { median } from './figures/quantile'
import { report } from './figures/report'
import { type Field, openField } from './realtime-load/field'

const minutes = Number(process.env.SOAK_MINUTES ?? 30)
const listeners = 40
const churners = 20
const changesPerSecond = 50
const sampleEveryMs = 15_000
const topic = 'realtime:soak'

/** Hours in small: steady changes, steady listeners that must miss nothing, and others that come and go. */
export async function run(): Promise<void> {
  const field = await openField()
  const until = Date.now() + minutes * 60_000
  const steady = await Promise.all(Array.from({ length: listeners }, (_, index) => listen(field, index)))
  const memory: number[] = []
  let sent = 0
  const churn = Array.from({ length: churners }, () => comeAndGo(field, until))
  let nextSample = Date.now() + sampleEveryMs
  while (Date.now() < until) {
    const row = { sku: 'S', on_hand: ++sent }
    await Promise.all([
      field.sql`insert into open_rows ${field.sql(row)}`,
      field.sql`insert into secured_rows ${field.sql(row)}`,
    ])
    await sleep(1000 / (changesPerSecond / 2))
    if (Date.now() < nextSample) continue
    memory.push(await field.memory())
    nextSample += sampleEveryMs
  }
  const visits = (await Promise.all(churn)).reduce((sum, count) => sum + count, 0)
  // The last change is in transit; one that is not there after half a minute is lost.
  for (let waited = 0; waited < 30_000 && steady.some(({ last }) => last < sent); waited += 100)
    await sleep(100)
  const lost = steady.reduce((sum, { last }) => sum + (sent - last), 0)
  const wrong = steady.reduce((sum, own) => sum + own.outOfOrder, 0)
  for (const { socket } of steady) socket.terminate()
  const left = await leftovers(field)
  await field.close()
  const half = Math.ceil(memory.length / 2)
  const [early, late] = [median(memory.slice(0, half)), median(memory.slice(half))]
  const row = (what: string, measured: string, limit: string, ratio: string, target: string) => ({
    what,
    measured,
    limit,
    ratio,
    target,
  })
  report(
    'realtime-soak',
    `${minutes} minutes: ${listeners} listeners, ${churners} clients that come and go (${visits} visits).`,
    [
      row('changes not heard, of all that should be', String(lost), String(sent * listeners), '', '0'),
      row('changes heard twice or out of order', String(wrong), String(sent * listeners), '', '0'),
      row(
        'heap in use, median of the second half beside the first',
        megabytes(late),
        megabytes(early),
        (late / early).toFixed(2),
        'at most 1.1',
      ),
      row('slots and sessions besides those of one server', String(left), '', '', '0'),
    ],
  )
}

type Listening = { socket: WebSocket; last: number; outOfOrder: number }

/** Hears every change of one table; `last` counts up by one each time. */
async function listen(field: Field, index: number): Promise<Listening> {
  const table = index % 2 ? 'secured_rows' : 'open_rows'
  const socket = await joined(field, table)
  const own: Listening = { socket, last: 0, outOfOrder: 0 }
  socket.on('message', (data: Buffer) => {
    const [, , , event, payload] = JSON.parse(data.toString())
    if (event !== 'postgres_changes') return
    if (payload.data.record.on_hand !== own.last + 1) own.outOfOrder++
    own.last = payload.data.record.on_hand
  })
  const beat = setInterval(() => {
    if (socket.readyState === WebSocket.OPEN) socket.send('[null,"9","phoenix","heartbeat",{}]')
    else clearInterval(beat)
  }, 20_000)
  return own
}

/** Joins, tracks, says something, and leaves or just vanishes, again and again. */
async function comeAndGo(field: Field, until: number): Promise<number> {
  let visits = 0
  for (; Date.now() < until; visits++) {
    const socket = await joined(field, visits % 2 ? 'secured_rows' : 'open_rows')
    socket.send(
      JSON.stringify([
        '1',
        '2',
        topic,
        'presence',
        { type: 'presence', event: 'track', payload: { visits } },
      ]),
    )
    socket.send(
      JSON.stringify([
        '1',
        '3',
        topic,
        'broadcast',
        { type: 'broadcast', event: 'hello', payload: { visits } },
      ]),
    )
    await sleep(500 + Math.random() * 2_000)
    if (visits % 3) socket.send(JSON.stringify(['1', '4', topic, 'phx_leave', {}]))
    socket.terminate()
  }
  return visits
}

async function joined(field: Field, table: string): Promise<WebSocket> {
  const socket = new WebSocket(`${field.url}/realtime/v1/websocket?apikey=${KEYS.anonJwt}&vsn=2.0.0`)
  await new Promise((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', reject)
  })
  const config = { presence: { enabled: true }, postgres_changes: [{ event: '*', schema: 'public', table }] }
  socket.send(JSON.stringify(['1', '1', topic, 'phx_join', { config }]))
  await new Promise<void>((resolve) => {
    const hear = (data: Buffer): void => {
      if (!data.includes('Subscribed to PostgreSQL')) return
      socket.off('message', hear)
      resolve()
    }
    socket.on('message', hear)
  })
  return socket
}

/** One slot, one stream and four sessions are what a server has. */
async function leftovers(field: Field): Promise<number> {
  const [slots] = await field.sql<{ count: number }[]>`select count(*)::int from pg_replication_slots`
  const [sessions] = await field.sql<{ count: number }[]>`
    select count(*)::int from pg_stat_activity where application_name like 'realtime%'`
  return Math.max((slots?.count ?? 0) - 1, 0) + Math.max((sessions?.count ?? 0) - 5, 0)
}

const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`
