import { z } from 'zod'

// The requests of agents, read from known keys. Values of the buyer are checked where they are stored
// (private.agent_choices): a wrong one counts as missing, which the session reports.

const Text = z.string().max(500)
const Id = z.string().min(1).max(100)

const LineItem = z.object({
  item: z.object({ id: Id }),
  quantity: z.int().min(1).max(1_000_000),
})

const Buyer = z
  .object({ first_name: Text, last_name: Text, email: Text, phone_number: Text })
  .partial()
  .optional()

const Destination = z
  .object({
    id: Id,
    street_address: Text,
    extended_address: Text,
    address_locality: Text,
    address_country: Text,
    postal_code: Text,
  })
  .partial()
type Destination = z.infer<typeof Destination>

const Method = z.object({
  id: Id.optional(),
  type: z.enum(['shipping', 'pickup']).optional(),
  destinations: z.array(Destination).max(20).nullish(),
  selected_destination_id: Id.nullish(),
})

/** Creates a checkout, or replaces what it holds. */
export const CheckoutRequest = z.object({
  line_items: z.array(LineItem).min(1).max(50),
  buyer: Buyer,
  fulfillment: z.object({ methods: z.array(Method).max(5).nullish() }).nullish(),
})
export type CheckoutRequest = z.infer<typeof CheckoutRequest>

/** Places the order. Only the handler of the chosen instrument counts: no credential is taken. */
export const CompleteRequest = z.object({
  payment: z
    .object({
      instruments: z
        .array(z.object({ handler_id: Id, selected: z.boolean().optional() }))
        .max(5)
        .nullish(),
    })
    .nullish(),
})
export type CompleteRequest = z.infer<typeof CompleteRequest>

/** The handler that is asked for; null where none is named. */
export function handlerIn({ payment }: CompleteRequest): string | null {
  const named = payment?.instruments ?? []
  return (named.find(({ selected }) => selected) ?? named[0])?.handler_id ?? null
}

/** A line that is wanted; one variant is one line. */
export interface WantedLine {
  id: string
  quantity: number
}

/** The lines of a request, each variant once. */
export function linesIn({ line_items }: CheckoutRequest): WantedLine[] {
  const wanted = new Map<string, number>()
  for (const { item, quantity } of line_items) {
    const id = item.id.toLowerCase()
    wanted.set(id, (wanted.get(id) ?? 0) + quantity)
  }
  return [...wanted].map(([id, quantity]) => ({ id, quantity }))
}

/** The buyer and the delivery that a request names, as the database reads them. */
export function choicesIn({ buyer, fulfillment }: CheckoutRequest): Record<string, unknown> {
  const method = fulfillment?.methods?.[0]
  const type = method?.type ?? method?.id
  const name = [buyer?.first_name, buyer?.last_name].filter(Boolean).join(' ')
  return {
    ...(name && { name }),
    ...(buyer?.email && { email: buyer.email }),
    ...(buyer?.phone_number && { phone: buyer.phone_number }),
    ...(type === 'pickup' && { method: 'collection', location_id: method?.selected_destination_id }),
    ...(type === 'shipping' && { method: 'delivery', address: addressIn(method) }),
  }
}

function addressIn(method: z.infer<typeof Method> | undefined): Record<string, string | undefined> {
  const { destinations, selected_destination_id: selected } = method ?? {}
  const chosen: Destination = destinations?.find(({ id }) => id === selected) ?? destinations?.[0] ?? {}
  return {
    line1: [chosen.street_address, chosen.extended_address].filter(Boolean).join(', '),
    postcode: chosen.postal_code,
    city: chosen.address_locality,
    country: chosen.address_country?.toUpperCase(),
  }
}
