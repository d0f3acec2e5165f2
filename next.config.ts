import type { NextConfig } from 'next'
import { PLACEHOLDER } from '@/lib/domain/products/picture'

/** The same for every response. Headers that change by request (Content-Security-Policy, HSTS) are set in proxy.ts. */
const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
]

const config: NextConfig = {
  cacheComponents: true,
  // Every page would be rendered a second time for the prefetches that our links do not make.
  partialPrefetching: false,
  typedRoutes: true,
  reactStrictMode: true,
  poweredByHeader: false,
  // Only the server uses them; hundreds of modules more would make the names of all modules in browsers longer.
  serverExternalPackages: ['stripe', 'sharp'],
  // `npm run types` checks the whole tree, tests included; starting the shop does not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // `npm test` builds beside a running shop, so it keeps its output in a separate folder.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  // Everybody gets what crawlers get: a page rendered before it is sent, with its true status (404, 307). Ours have a
  // nonce and therefore no prerendered shell that could be sent ahead (docs/decisions/0041).
  htmlLimitedBots: /.*/,
  headers: async () => [
    { source: '/:path*', headers },
    // The secret of an order is in this address. The pages that it leads to name their own policy.
    {
      source: '/orders/:order/key/:secret',
      headers: [{ key: 'Referrer-Policy', value: 'no-referrer' }],
    },
    {
      source: '/waitlist/key/:secret',
      headers: [{ key: 'Referrer-Policy', value: 'no-referrer' }],
    },
    {
      source: '/((?!orders/[^/]+/key/|waitlist/key/).*)',
      headers: [{ key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' }],
    },
    {
      // A name is always the same picture, but for a change of the hand that draws: kept for a day, then asked for by ETag.
      source: '/art/:path*',
      headers: [
        { key: 'Cache-Control', value: 'public, max-age=86400, stale-while-revalidate=604800' },
        { key: 'Content-Security-Policy', value: "default-src 'none'" },
      ],
    },
    {
      source: '/staff/counts/worker.js',
      headers: [{ key: 'Service-Worker-Allowed', value: '/staff/counts' }],
    },
  ],
  rewrites: async () => [
    // Browsers ask for it by themselves where a page names no icon.
    { source: '/favicon.ico', destination: '/icon.svg' },
    // A drawing that is no longer made: data of an older shop may name it.
    { source: '/art/:name', destination: PLACEHOLDER },
    // Sign-in from an order: lib/domain/people/account-path.ts has the reason.
    {
      source: '/orders/:order/:page(sign-in|sign-up)',
      destination: '/account/:page?next=/orders/:order',
    },
  ],
  experimental: {
    // No part of a page is kept in the browser for later: each has numbers on it.
    cachedNavigations: false,
    // lib/server/http/body-limits.ts. proxy.ts has every body read first but that of the upload, which has a separate
    // route.
    serverActions: { bodySizeLimit: '512kb' },
    proxyClientMaxBodySize: '512kb',
  },
}

export default config
