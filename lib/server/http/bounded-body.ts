import 'server-only'
import type { BodyLimit } from './body-limits'

/** The answer to a body that is too large or too slow. */
export function bodyRefused(status: 408 | 413): Response {
  return new Response(null, { status, headers: { connection: 'close', 'cache-control': 'no-store' } })
}

/**
 * A request's body, counted while it is read; else the answer to a body of more bytes than the limit, or one that takes
 * longer. Nothing beyond the limit is read. lib/server/http/body-guard.ts does the same before Next on a server of ours; this
 * holds wherever the route runs.
 */
export async function boundedBody(
  request: Request,
  { bytes, ms }: BodyLimit,
): Promise<Uint8Array<ArrayBuffer> | Response> {
  if (Number(request.headers.get('content-length') ?? 0) > bytes) return bodyRefused(413)
  const reader = request.body?.getReader()
  if (!reader) return new Uint8Array()
  let isLate = false
  const limit = setTimeout(() => {
    isLate = true
    void reader.cancel()
  }, ms)
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (isLate) return bodyRefused(408)
      if (done) return new Uint8Array(Buffer.concat(chunks, length))
      length += value.byteLength
      if (length > bytes) {
        void reader.cancel()
        return bodyRefused(413)
      }
      chunks.push(value)
    }
  } finally {
    clearTimeout(limit)
  }
}

/** The fields of a form within a limit; else the answer to too much, too slow, or no form. */
export async function boundedForm(request: Request, limit: BodyLimit): Promise<FormData | Response> {
  const body = await boundedBody(request, limit)
  if (body instanceof Response) return body
  const type = request.headers.get('content-type') ?? ''
  return new Response(body, { headers: { 'content-type': type } })
    .formData()
    .catch(() => new Response(null, { status: 400 }))
}
