import { expect, test } from 'vitest'
import { contentSecurityPolicy } from '@/lib/server/http/content-security-policy'

const page = { nonce: 'n-1', supabaseUrl: 'https://shop.supabase.co/', https: true, development: false }

test("only scripts with this response's nonce run", () => {
  const policy = contentSecurityPolicy(page)

  expect(policy).toContain(`script-src 'self' 'nonce-n-1' 'strict-dynamic';`)
  expect(policy).not.toMatch(/script-src[^;]*unsafe/)
})

test('the browser talks to its own Supabase, by HTTP and by websocket', () => {
  expect(contentSecurityPolicy(page)).toContain(
    `connect-src 'self' https://shop.supabase.co wss://shop.supabase.co;`,
  )
  expect(contentSecurityPolicy({ ...page, supabaseUrl: 'http://127.0.0.1:54321', https: false })).toContain(
    `connect-src 'self' http://127.0.0.1:54321 ws://127.0.0.1:54321;`,
  )
})

test('a worker between a page and the network is a file of our own', () => {
  expect(contentSecurityPolicy(page)).toContain(`worker-src 'self';`)
})

test('plain HTTP on this computer is not upgraded away', () => {
  expect(contentSecurityPolicy({ ...page, https: false })).not.toContain('upgrade-insecure-requests')
  expect(contentSecurityPolicy(page)).toContain('upgrade-insecure-requests')
})

test('Stripe is let in only where a page names it', () => {
  const stripe = { script: 'https://js.stripe.com', api: 'https://api.stripe.com' }
  const policy = contentSecurityPolicy({ ...page, stripe })
  expect(policy).toContain('frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com')
  expect(policy).toMatch(/script-src [^;]* https:\/\/js\.stripe\.com/)
  expect(policy).toMatch(/connect-src [^;]* https:\/\/api\.stripe\.com/)
  expect(contentSecurityPolicy(page)).not.toContain('stripe')
})
