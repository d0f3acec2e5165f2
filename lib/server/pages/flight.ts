import 'server-only'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const compress = promisify(gzip)

/** A page as it is sent. */
export interface Page {
  status: number
  headers: Record<string, string>
  body: Buffer
  gzipped: Buffer
  /** When its render began, on this process's clock. */
  renderedAt: number
}

/** A page that is being rendered, for everybody who waits for it. */
export interface Flight {
  /** Status and headers. Rejects where no response came. */
  head: Promise<Pick<Page, 'status' | 'headers'>>
  /** The parts that have come, and the callbacks for those that follow. */
  parts: readonly Buffer[]
  listeners: Set<(part: Buffer) => void>
  /** Resolves after the last part. Rejects where the rest does not come. */
  rest: Promise<void>
  /** The whole page. */
  page: Promise<Page>
}

/** Headers of one connection, or of one visitor. A public page sets no cookie. */
const dropped = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'date',
  'set-cookie',
])

/** Collects a response that comes. */
export function followRender(response: Promise<IncomingMessage>, now = () => performance.now()): Flight {
  const renderedAt = now()
  const parts: Buffer[] = []
  const listeners = new Set<(part: Buffer) => void>()
  const head = response.then(({ statusCode = 500, headers }) => ({
    status: statusCode,
    headers: kept(headers),
  }))
  const rest = collect()
  const page = rest.then(async () => {
    const body = Buffer.concat(parts)
    return { ...(await head), body, gzipped: await compress(body), renderedAt }
  })
  // Visitors who wait are told. Where none does, a page that broke off is no fault of this process.
  for (const promise of [head, rest, page]) promise.catch(() => undefined)
  return { head, parts, listeners, rest, page }

  async function collect(): Promise<void> {
    for await (const part of await response) {
      parts.push(part as Buffer)
      for (const listen of listeners) listen(part as Buffer)
    }
  }
}

function kept(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || dropped.has(name) ? [] : [[name, String(value)]],
    ),
  )
}
