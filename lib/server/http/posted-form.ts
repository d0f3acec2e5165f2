import 'server-only'

import { siteAddress } from '@/lib/server/platform/env'
import { formLimit } from './body-limits'
import { boundedForm } from './bounded-body'

// Forms that are posted to a route of their own and not to a server action: the two of a rush. An action comes with
// everything that draws a page, a route does not. What Next asks of actions is asked here.

/** The fields of a form of ours; else the answer to whoever posted it from another site, or too much. */
export async function postedForm(request: Request, limit = formLimit): Promise<FormData | Response> {
  return isOurs(request) ? boundedForm(request, limit) : new Response(null, { status: 403 })
}

/** Whether a form was posted from a page of this shop: of SITE_URL, else of the host that the request names. */
export function isOurs({ headers }: Pick<Request, 'headers'>): boolean {
  const host = siteAddress()?.host ?? headers.get('x-forwarded-host') ?? headers.get('host')
  return URL.parse(headers.get('origin') ?? '')?.host === host
}

/** Leads on to a page of ours, so that reloading it posts nothing again. */
export function seeOther(page: string): Response {
  return new Response(null, {
    status: 303,
    headers: { location: page, 'cache-control': 'private, no-store' },
  })
}
