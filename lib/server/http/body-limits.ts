import 'server-only'

/** How many bytes a request's body may have, and how long it may take to arrive. */
export interface BodyLimit {
  bytes: number
  ms: number
}

const small = { bytes: 16_384, ms: 10_000 }

/** A file of 20 MB (lib/domain/imports/request.ts), a photo (lib/domain/products/upload.ts), and the rest of its form. */
export const uploadLimit: BodyLimit = { bytes: 20_100_000, ms: 120_000 }
export const formLimit: BodyLimit = small
export const webhookLimit: BodyLimit = { bytes: 65_536, ms: 10_000 }

/**
 * Server actions and pages; next.config.ts says the same to Next, which reads them. The largest is a product's description
 * of 100,000 letters, of three bytes each in most scripts.
 */
export const actionLimit: BodyLimit = { bytes: 512 * 1024, ms: 15_000 }

const uploadPaths = ['/staff/import/upload', '/staff/products/pictures']

/** Where programs call, and no browser. */
const programPaths = ['/api/payments/', '/api/auth/', '/ucp/', '/mcp']

/** The limit for a path. */
export function bodyLimitFor(path: string): BodyLimit {
  if (uploadPaths.includes(path)) return uploadLimit
  if (programPaths.some((start) => path.startsWith(start))) return webhookLimit
  if (path === '/cart/add' || path === '/checkout/place' || path.startsWith('/api/')) return formLimit
  return actionLimit
}
