import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { ask, session } from './support/api'

const NESTED = [
  '/rest/v1/categories?select=*,products(*,categories(*,products(*,categories(*,products(*)))))',
  '/rest/v1/products?select=*,variants!variants_product_id_fkey(*,products!variants_product_id_fkey(*,variants!variants_product_id_fkey(*,products!variants_product_id_fkey(*))))',
  '/rest/v1/categories?select=*,products(*,variants!variants_product_id_fkey(*),product_media(*,products(*)))',
  '/rest/v1/shelf?select=*,variants(*,products!variants_product_id_fkey(*,variants!variants_product_id_fkey(*)))',
  '/rest/v1/product_media?select=*,products(*,product_media(*,products(*,product_media(*))))',
]

const REFUSALS = [
  [400, 'PGRST200'],
  [401, '42501'],
  [403, '42501'],
  [404, 'PGRST205'],
]

test.for(NESTED)('a nested read by the world stays small: %s', { timeout: 60_000 }, async (path) => {
  const { status, data, text, ms } = await ask(path, 'anon')

  // Read, or refused by name: PostgREST's codes for a relation nobody told it of and for a table that is not for the world.
  if (status !== 200) expect(REFUSALS).toContainEqual([status, (data as { code: string }).code])
  expect(text.length).toBeLessThan(2_000_000)
  expect(ms).toBeLessThan(1500)
})

test('the world cannot count orders from a plan', async () => {
  const response = await fetch(`${process.env.NEXT_PUBLIC_SUPABASE_URL}/rest/v1/orders?select=id`, {
    method: 'HEAD',
    headers: { apikey: process.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? '', prefer: 'count=planned' },
  })

  expect(response.headers.get('content-range') ?? '*/*').toMatch(/\*\/(\*|0)$/)
})

test('a failed sign-in does not tell whether an address has an account', async () => {
  const dora = `dora.${randomUUID()}@good.test`
  await session(dora)
  const words = async (email: string) =>
    session(email, 'not the password', 'token?grant_type=password').catch((error: Error) =>
      error.message.replaceAll(email, ''),
    )

  expect(await words(dora)).toBe(await words(`nobody.${randomUUID()}@good.test`))
})
