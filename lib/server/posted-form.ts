import 'server-only'

/** Longer than any form of a shopper; anything beyond is not read into memory. */
const mostBytes = 20_000

// Forms that are posted to a route of their own and not to a server action: the two of a rush. An action comes with
// everything that draws a page, a route does not. What Next asks of actions is asked here.

/** The fields of a form of ours; else the answer to whoever posted it from another site, or too much. */
export async function postedForm(request: Request): Promise<FormData | Response> {
  const { headers } = request
  const host = headers.get('x-forwarded-host') ?? headers.get('host')
  if (URL.parse(headers.get('origin') ?? '')?.host !== host) return new Response(null, { status: 403 })
  if (Number(headers.get('content-length') ?? 0) > mostBytes) return new Response(null, { status: 413 })
  return request.formData()
}

/** Leads on to a page of ours, so that reloading it posts nothing again. */
export function seeOther(page: string): Response {
  return new Response(null, {
    status: 303,
    headers: { location: page, 'cache-control': 'private, no-store' },
  })
}
