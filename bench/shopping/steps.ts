import type { Page } from './browser'
import type { Form } from './forms'
import type { Guest } from './guest'

/** A guest's requests between a product's page and an order, in order. */
export const steps = ['add to cart', 'the checkout page', 'place the order', "the order's page"] as const
export type Step = (typeof steps)[number]

/** The requests that make the order; the peers were measured by such requests alone. The other steps draw pages. */
export const posts: readonly Step[] = ['add to cart', 'place the order']

/** Takes a guest one step on; throws when the shop does not answer as it should. */
export type Visit = Record<Step, (guest: Guest) => Promise<Page>>

/** The steps from the product's page at `path`, whose form is known. */
export function visitOf(path: string, form: Form): Visit {
  const seen = new WeakMap<Guest, Page>()
  const before = (guest: Guest): Page => {
    const page = seen.get(guest)
    if (!page) throw new Error('a step was left out')
    return page
  }
  const see = async (guest: Guest, asked: Promise<Page>, status: number): Promise<Page> => {
    const page = await asked
    if (page.status !== status) throw new Error(`${page.path} answered ${page.status}, not ${status}`)
    seen.set(guest, page)
    return page
  }
  return {
    'add to cart': (guest) => see(guest, guest.add(path, form), 303),
    'the checkout page': (guest) => see(guest, guest.checkout(), 200),
    'place the order': async (guest) => {
      const placed = await see(guest, guest.pay(before(guest)), 303)
      if (!placed.location?.startsWith('/orders/'))
        throw new Error(`not ordered, but led to ${placed.location}`)
      return placed
    },
    "the order's page": (guest) => see(guest, guest.follow(before(guest)), 200),
  }
}
