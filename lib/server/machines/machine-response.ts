import 'server-only'
import { publicCacheControl } from '@/lib/domain/pages/page-life'

// Files for machines: the same for every caller, and as fresh as public pages.

export function xmlResponse(xml: string): Response {
  return answer(xml, 'application/xml')
}

/** Not for the index of a search engine: the page itself is. */
export function markdownResponse(markdown: string): Response {
  const response = answer(markdown, 'text/markdown')
  response.headers.set('x-robots-tag', 'noindex')
  return response
}

function answer(body: string, type: string): Response {
  return new Response(body, {
    headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': publicCacheControl },
  })
}
