import { randomUUID } from 'node:crypto'
import { createClient } from '@supabase/supabase-js'
import { afterEach, expect, test } from 'vitest'
import { aShop } from './support/shop'

const shop = aShop()
const api = createClient(process.env.NEXT_PUBLIC_SUPABASE_URL ?? '', process.env.SUPABASE_SECRET_KEY ?? '')

afterEach(() => shop.fail('none'))

async function aPhoto() {
  const name = `${randomUUID()}-800x600.webp`
  const { error } = await api.storage.from('pictures').upload(name, 'RIFF', { contentType: 'image/webp' })
  if (error) throw error
  return `/pictures/${name}`
}

test('a photo is served from Storage for every cache to keep, without a cookie, and runs nothing', async () => {
  const { status, headers, html } = await shop.ask(await aPhoto())

  expect([status, html]).toEqual([200, 'RIFF'])
  expect(headers.get('content-type')).toBe('image/webp')
  expect(headers.get('cache-control')).toContain('immutable')
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(headers.get('set-cookie')).toBeNull()
})

test('a photo that is gone, and a name of anything else, is the placeholder and no broken picture', async () => {
  const names = [`${randomUUID()}-1x1.webp`, 'a.webp', '..%2f..%2fetc%2fpasswd.webp', '%00.webp', 'x.svg']
  for (const name of names) {
    const { status, headers, html } = await shop.ask(`/pictures/${name}`)
    expect([name, status]).toEqual([name, 404])
    if (!name.startsWith('%00')) expect(html, name).toContain('<svg')
    expect(headers.get('cache-control')).not.toContain('immutable')
  }
})

test('while Storage does not answer, a photo is the placeholder and is asked for again', async () => {
  const path = await aPhoto()
  await shop.fail('refuses')
  const { status, headers, html } = await shop.ask(path)

  expect(status).toBe(503)
  expect(html).toContain('<svg')
  expect(headers.get('cache-control')).toBe('no-store')
})

test('a photo from nobody is refused before it is read', async () => {
  const { html } = await shop.ask('/staff/products/pictures', {
    method: 'POST',
    headers: { origin: shop.url().origin },
    body: 'x'.repeat(600_000),
  })
  const foreign = await shop.ask('/staff/products/pictures', { method: 'POST', body: 'x' })

  expect(JSON.parse(html)).toEqual({ problem: 'signed_out' })
  expect(foreign.status).toBe(403)
})
