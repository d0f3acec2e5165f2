import { randomUUID } from 'node:crypto'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import postgres from 'postgres'
import { afterAll, afterEach, expect, test } from 'vitest'
import { countsOf, onSale } from '@/tests/attacks/support/goods'
import { anAddress, aShopForAgents, lines, payOnCollection } from './support/agents'

// The official client of MCP, as any agent uses it.

const sql = postgres(process.env.DATABASE_URL ?? '', { max: 4 })
const shop = aShopForAgents(sql)
const open: Client[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()))
})
afterAll(() => sql.end())

async function aClient(address = anAddress()) {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } })
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', shop.url()), {
    requestInit: { headers: { 'x-forwarded-for': address } },
  })
  await client.connect(transport)
  open.push(client)
  const profile = `https://${randomUUID()}.test/profile`
  const call = async (name: string, args: object, key?: string) => {
    const meta = { 'ucp-agent': { profile }, ...(key && { 'idempotency-key': key }) }
    const answer = await client.callTool({ name, arguments: { meta, ...args } })
    // biome-ignore lint/suspicious/noExplicitAny: JSON of the protocol, which each test reads where it needs it.
    return answer as { isError?: boolean; structuredContent: any }
  }
  const updates: string[] = []
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => {
    updates.push(params.uri)
  })
  return { client, call, updates }
}

const productOf = async (variant: string) =>
  String((await sql`select product_id from public.variants where id = ${variant}`)[0]?.product_id)

test('an agent finds, holds and completes by tools, with the answers that REST gives', async () => {
  const variant = await onSale(sql, 5)
  const { client, call } = await aClient()
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name).sort()).toEqual([
    'cancel_checkout',
    'complete_checkout',
    'create_checkout',
    'get_checkout',
    'get_product',
    'lookup_catalog',
    'search_catalog',
    'update_checkout',
  ])

  const found = await call('lookup_catalog', { catalog: { ids: [variant] } })
  expect(found.structuredContent.products[0].variants[0].id).toBe(variant)
  const checkout = shop.whole(variant, 2)
  const made = await call('create_checkout', { checkout })
  const { id, status } = made.structuredContent
  expect(status).toBe('ready_for_complete')
  expect((await countsOf(sql, variant)).held).toBe(2)
  const key = randomUUID()
  const done = await call('complete_checkout', { id, checkout: payOnCollection }, key)
  const again = await call('complete_checkout', { id, checkout: payOnCollection }, key)

  expect(done.structuredContent).toMatchObject({ status: 'completed', order: { id: expect.any(String) } })
  expect(again.structuredContent).toEqual(done.structuredContent)
  expect(await call('complete_checkout', { id, checkout: {} }, key)).toMatchObject({
    isError: true,
    structuredContent: { code: 'idempotency_conflict' },
  })
  expect((await countsOf(sql, variant)).committed).toBe(2)
})

test('an agent that follows a product is told once at the beginning, and then of every change a shopper may see', async () => {
  const variant = await onSale(sql, 5)
  const { client, call, updates } = await aClient()
  const uri = `shelf://products/${await productOf(variant)}`
  const shelf = async () => {
    const { contents } = await client.readResource({ uri })
    const [content] = contents
    return JSON.parse(content && 'text' in content ? content.text : '{}').stock.variants[0]
  }
  const first = await shelf()

  const stream = await client.listen({ resourceSubscriptions: [uri] })

  expect(stream.honoredFilter.resourceSubscriptions).toEqual([uri])
  await expect.poll(() => updates).toEqual([uri])
  await call('create_checkout', { checkout: { line_items: lines([variant, 1]) } })
  await expect.poll(() => updates).toEqual([uri, uri])
  const second = await shelf()
  expect(second.version).toBeGreaterThan(first.version)
  expect(second.left).toBe(4)
  await stream.close()
})

test('a stream that was lost misses nothing: the next one tells what has changed', async () => {
  const variant = await onSale(sql, 5)
  const { client, updates } = await aClient()
  const uri = `shelf://products/${await productOf(variant)}`
  const stream = await client.listen({ resourceSubscriptions: [uri] })
  await expect.poll(() => updates).toEqual([uri])
  await stream.close()

  await shop.anAgent().create({ line_items: lines([variant, 5]) })
  const next = await client.listen({ resourceSubscriptions: [uri] })

  await expect.poll(() => updates).toEqual([uri, uri])
  await next.close()
})

test('a stream follows so many products, and a network so many streams', async () => {
  const address = anAddress()
  const { client } = await aClient(address)
  const many = Array.from({ length: 21 }, () => `shelf://products/${randomUUID()}`)

  await expect(client.listen({ resourceSubscriptions: many })).rejects.toThrow()

  const streams = await Promise.all(
    Array.from({ length: 20 }, (_, n) => client.listen({ resourceSubscriptions: [many[n] ?? ''] })),
  )
  await expect(client.listen({ resourceSubscriptions: many.slice(0, 1) })).rejects.toThrow()
  await streams[0]?.close()
  await expect
    .poll(() =>
      client.listen({ resourceSubscriptions: many.slice(0, 1) }).then(
        () => 'open',
        () => 'refused',
      ),
    )
    .toBe('open')
})

test('a page of another site cannot call it, and an agent without a profile gets no checkout', async () => {
  const variant = await onSale(sql, 2)
  const foreign = await shop.ask('/mcp', {
    method: 'POST',
    headers: { origin: 'https://evil.test', 'content-type': 'application/json' },
    body: '{}',
  })
  expect(foreign.status).toBe(403)
  const { client } = await aClient()
  const answer = await client.callTool({
    name: 'create_checkout',
    arguments: {
      meta: { 'ucp-agent': { profile: 'nobody' } },
      checkout: { line_items: lines([variant, 1]) },
    },
  })
  expect(answer).toMatchObject({ isError: true, structuredContent: { code: 'invalid_profile_url' } })
  expect((await countsOf(sql, variant)).held).toBe(0)
})
