// The Universal Commerce Protocol, https://ucp.dev: names of its newest release. The shapes are those of its JSON schemas.

export const ucpVersion = '2026-04-08'

const released = `https://ucp.dev/${ucpVersion}`

/** The capabilities of the shop, by their schema and page of the specification. */
const capabilities = {
  'dev.ucp.shopping.catalog.search': { spec: 'catalog/search', schema: 'catalog_search' },
  'dev.ucp.shopping.catalog.lookup': { spec: 'catalog/lookup', schema: 'catalog_lookup' },
  'dev.ucp.shopping.checkout': { spec: 'checkout', schema: 'checkout' },
  'dev.ucp.shopping.fulfillment': {
    spec: 'fulfillment',
    schema: 'fulfillment',
    extends: 'dev.ucp.shopping.checkout',
  },
} as const

/** A payment that an agent can complete an order with. */
export const agentPayments = ['pay_on_collection', 'sandbox'] as const
export type AgentPayment = (typeof agentPayments)[number]

/** Names of the shop's own are under its domain, read backwards: `com.example.shop` for shop.example.com. */
export function ownNamespace({ hostname }: URL): string {
  const labels = hostname
    .split('.')
    .reverse()
    .map((label) => label.replaceAll('-', '_'))
  const isName = /^[a-z][a-z0-9]*$/.test(labels[0] ?? '') && labels.every((label) => /^[a-z]\w*$/.test(label))
  return isName ? labels.join('.') : 'localhost'
}

/** The handlers of these payments, by their names. */
function handlersOf(payments: readonly AgentPayment[], origin: URL): Record<string, object[]> {
  const own = ownNamespace(origin)
  return Object.fromEntries(
    payments.map((id) => [
      `${own}.${id}`,
      [{ id, version: ucpVersion, available_instruments: [{ type: id }] }],
    ]),
  )
}

/** The envelope of a successful answer. */
export function successOf(names: readonly string[], payments: readonly AgentPayment[], origin: URL): object {
  const own = ownNamespace(origin)
  return {
    version: ucpVersion,
    status: 'success',
    capabilities: Object.fromEntries(
      [...names, `${own}.stock`].map((name) => [name, [{ version: ucpVersion }]]),
    ),
    payment_handlers: handlersOf(payments, origin),
  }
}

export const checkoutNames = ['dev.ucp.shopping.checkout', 'dev.ucp.shopping.fulfillment'] as const
export const searchNames = ['dev.ucp.shopping.catalog.search'] as const
export const lookupNames = ['dev.ucp.shopping.catalog.lookup'] as const

/** The discovery document, `/.well-known/ucp`. */
export function discoveryDocument(payments: readonly AgentPayment[], origin: URL): object {
  const at = (path: string) => new URL(path, origin).href
  const shared = Object.entries(capabilities).map(([name, { spec, schema, ...rest }]) => [
    name,
    [
      {
        version: ucpVersion,
        spec: `${released}/specification/${spec}`,
        schema: `${released}/schemas/shopping/${schema}.json`,
        ...rest,
      },
    ],
  ])
  const stock = {
    version: ucpVersion,
    spec: at('/ucp/stock.json'),
    schema: at('/ucp/stock.json'),
    extends: ['dev.ucp.shopping.checkout', ...searchNames, ...lookupNames],
  }
  return {
    ucp: {
      version: ucpVersion,
      services: {
        'dev.ucp.shopping': [
          {
            version: ucpVersion,
            spec: `${released}/specification/overview`,
            transport: 'rest',
            schema: `${released}/services/shopping/rest.openapi.json`,
            endpoint: at('/ucp'),
          },
          {
            version: ucpVersion,
            spec: `${released}/specification/overview`,
            transport: 'mcp',
            schema: `${released}/services/shopping/mcp.openrpc.json`,
            endpoint: at('/mcp'),
          },
        ],
      },
      capabilities: { ...Object.fromEntries(shared), [`${ownNamespace(origin)}.stock`]: [stock] },
      payment_handlers: handlersOf(payments, origin),
    },
  }
}
