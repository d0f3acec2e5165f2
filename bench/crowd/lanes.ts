import { KEYS } from 'embedded-supabase/keys'
import { quantile } from '@/bench/figures/quantile'
import type { Row } from '@/bench/figures/report'
import { Crowd } from '@/bench/realtime-load/crowd'
import { type Field, openField } from '@/bench/realtime-load/field'

const samples = 40
const warmUp = 5
const pauseMs = 20
const product = '10000000-0000-4000-8000-000000000001'

/** The shelf as it is streamed and as it is broadcast (supabase/schemas/stock/broadcast.sql), without the shop around it. */
const shelf = `
  create table public.shelf (variant_id uuid primary key, product_id uuid, band text, "left" int, version bigint);
  alter table public.shelf enable row level security;
  create policy "everyone reads the shelf" on public.shelf for select using (true);
  create policy "everyone hears of the shelf" on realtime.messages for select to anon
    using (extension = 'broadcast' and (select realtime.topic()) like 'shelf:%');
  alter publication supabase_realtime add table public.shelf;
  insert into public.shelf values ('${product}', '${product}', 'low', 1, 1);
`

/** From a commit to the last of so many viewers of one product, in both ways, beside a bare `ws` server with the same bytes. */
export async function laneRows(viewers: number): Promise<Row[]> {
  const field = await openField()
  try {
    await field.sql.unsafe(shelf)
    const streamed = await openCrowd(field, viewers)
    await streamed.join(
      `realtime:shelf:1`,
      [
        {
          event: '*',
          schema: 'public',
          table: 'shelf',
          filter: `product_id=eq.${product}`,
          select: ['variant_id', 'product_id', 'band', 'left', 'version'],
        },
      ],
      () => KEYS.anonJwt,
    )
    const changes = await beside(field, streamed, () => change(field, false))
    const told = await openCrowd(field, viewers)
    await told.joinPrivate(`realtime:shelf:${product}`, KEYS.anonJwt)
    const messages = await beside(field, told, () => change(field, true))
    return [row(viewers, 'Postgres Changes', changes), row(viewers, 'Broadcast', messages)]
  } finally {
    await field.close()
  }
}

async function openCrowd(field: Field, viewers: number): Promise<Crowd> {
  const crowd = new Crowd()
  await crowd.open(`${field.url}/realtime/v1/websocket?apikey=${KEYS.anonJwt}&vsn=2.0.0`, viewers)
  return crowd
}

async function change(field: Field, isBroadcast: boolean): Promise<void> {
  await field.sql.begin(async (tx) => {
    await tx`update public.shelf set "left" = "left" + 1, version = version + 1`
    if (isBroadcast)
      await tx`select realtime.send(jsonb_build_object('table', 'shelf', 'commit_timestamp', now(), 'new', to_jsonb(shelf)),
        'changed', 'shelf:' || product_id, true) from public.shelf`
  })
}

/** Milliseconds to the last viewer, of the shop's way and of a bare server that sends as many bytes. */
async function beside(field: Field, crowd: Crowd, act: () => Promise<void>) {
  const ours = await sample(crowd, act)
  crowd.close()
  const bare = new Crowd()
  await bare.open(`${field.url}/bare`, crowd.sockets.length)
  bare.listenBare()
  const bytes = 'x'.repeat(crowd.lastBytes)
  const limit = await sample(bare, async () => bare.sockets[0]?.send(bytes))
  bare.close()
  return { ours, limit }
}

async function sample(crowd: Crowd, act: () => Promise<void>): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < samples + warmUp; n += 1) {
    const arrived = crowd.until(crowd.heard + crowd.sockets.length).then(() => performance.now())
    await act()
    const committed = performance.now()
    times.push(Math.max(0, (await arrived) - committed))
    await new Promise((rested) => setTimeout(rested, pauseMs))
  }
  return times.slice(warmUp)
}

function row(viewers: number, way: string, { ours, limit }: { ours: number[]; limit: number[] }): Row {
  const text = (times: number[]) =>
    [0.5, 0.95, 0.99].map((part) => `p${part * 100} ${quantile(times, part).toFixed(0)}`).join(', ')
  return {
    what: `${viewers.toLocaleString('en')} viewers of one product, ${way}: commit to the last of them`,
    measured: `${text(ours)} ms`,
    limit: `a bare ws server: ${text(limit)} ms`,
    ratio: (quantile(ours, 0.99) / quantile(limit, 0.99)).toFixed(2),
    target: way === 'Broadcast' ? 'p99 at most 2' : '',
  }
}
