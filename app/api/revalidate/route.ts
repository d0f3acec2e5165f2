import { timingSafeEqual } from 'node:crypto'
import { catalogueChangedElsewhere } from '@/lib/server/pages/catalogue-changed'
import { secretKey } from '@/lib/server/platform/env'

/**
 * Called after the catalogue was changed from outside (npm run import), with the secret key as bearer: the next request
 * renders it again. Responds with 204, or 401 without the key.
 */
export function POST(request: Request): Response {
  if (!carriesSecretKey(request.headers.get('authorization') ?? ''))
    return new Response(null, { status: 401 })
  catalogueChangedElsewhere()
  return new Response(null, { status: 204 })
}

/** In the same time whatever is sent, but for its length. */
function carriesSecretKey(authorization: string): boolean {
  const [sent, expected] = [Buffer.from(authorization), Buffer.from(`Bearer ${secretKey()}`)]
  return sent.length === expected.length && timingSafeEqual(sent, expected)
}
