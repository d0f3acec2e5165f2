import type { NextConfig } from 'next'

const config: NextConfig = {
  cacheComponents: true,
  partialPrefetching: true,
  typedRoutes: true,
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm test` builds beside a running shop, so it keeps its output in a folder of its own.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
}

export default config
