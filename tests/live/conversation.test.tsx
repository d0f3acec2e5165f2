import { type RealtimeChannel, RealtimeClient } from '@supabase/realtime-js'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { type LiveQuery, liveQuery } from '@/lib/domain/live/query'
import { aWriter, bodiesOf, type Seen, theInbox } from '@/tests/support/conversations/conversations'
import { connect } from '@/tests/support/database'
import { aCounter, type Counter, isLive, openPage, reads, underTest } from './support/shop-window'

const sql = connect()
let counter: Counter

beforeEach(async () => {
  counter = await aCounter(sql, 5)
})
afterEach(() => counter.cable.close())
afterAll(() => sql.end())

/** A guest's conversation, as their page follows it: fetched with the secret, woken by the database. */
async function aConversation() {
  const writer = aWriter(sql)
  const { conversation_id: id } = await writer.ask('shop', null, 'Hello')
  const query: LiveQuery<Seen> = liveQuery(
    {
      table: 'conversations',
      columns: [],
      by: 'conversation_id',
      parse: () => null,
      id: (conversation) => conversation.conversation_id,
      version: (conversation) => conversation.version,
      fetchRows: async () => [await writer.read(id)],
    },
    [id],
  )
  return { writer, id, query, first: [await writer.read(id)] }
}

function Page({ query, first }: { query: LiveQuery<Seen>; first: readonly Seen[] }) {
  const { rows } = useLiveQuery(query, first)
  return <p>said: {rows[0] && bodiesOf(rows[0]).join(' · ')}</p>
}

test('an answer of staff shows on the open page of its guest, an internal note does not', async () => {
  const { query, first, id } = await aConversation()
  openPage(counter, <Page query={query} first={first} />)
  await isLive()
  await theInbox(sql).answer(id, 'Internal', true)
  await theInbox(sql).answer(id, 'Good day')
  await reads('said: Hello · Good day')
})

test("messages during a page's disconnection are there once and in order when the page is back", async () => {
  const { query, first, id, writer } = await aConversation()
  openPage(counter, <Page query={query} first={first} />)
  await isLive()
  counter.cable.cut()
  await theInbox(sql).answer(id, 'One')
  await writer.send(id, 'Two')
  await theInbox(sql).answer(id, 'Three')
  counter.cable.mend()
  await reads('said: Hello · One · Two · Three')
  await isLive()
})

test('nobody but the database can speak on a conversation’s channel', async () => {
  const { id } = await aConversation()
  const { supabaseUrl, publishableKey } = underTest()
  const [outsider, shopper] = [1, 2].map(() =>
    new RealtimeClient(`${supabaseUrl.replace(/^http/, 'ws')}/realtime/v1`, {
      params: { apikey: publishableKey },
    }).channel(`conversations:${id}`, { config: { private: true } }),
  ) as [RealtimeChannel, RealtimeChannel]
  const heard: unknown[] = []
  shopper.on('broadcast', { event: '*' }, ({ payload }) => heard.push(payload.version))
  for (const each of [outsider, shopper]) {
    await new Promise<void>((joined) => each.subscribe((status) => status === 'SUBSCRIBED' && joined()))
  }

  await outsider.send({ type: 'broadcast', event: 'changed', payload: { version: 99 } })
  // The database's own message comes after any message the outsider could have sent.
  await theInbox(sql).answer(id)

  await expect.poll(() => heard, { timeout: 10_000 }).toEqual([3])
  for (const each of [outsider, shopper]) await each.socket.disconnect()
})
