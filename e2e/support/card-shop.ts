import { freePort } from 'embedded-supabase/ports'
import { type FakeStripe, startFakeStripe } from 'fake-stripe'
import { startShop } from '@/commands/shop/shop'
import { test as base } from './shopping'

interface CardShop {
  url: string
  fake: FakeStripe
}

/** A shop that takes cards, on the same database as the others, with a Stripe that can misbehave. */
export const test = base.extend<object, { cardShop: CardShop }>({
  cardShop: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from the pattern
    async ({}, use) => {
      const fake = await startFakeStripe()
      const shop = await startShop({ mode: 'start', port: await freePort(), env: fake.env })
      fake.webhooks.sendTo(`${shop.url}/api/payments/stripe`)
      await use({ url: shop.url, fake })
      await shop.stop()
      await fake.stop()
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ cardShop }, use) => use(cardShop.url),
})
