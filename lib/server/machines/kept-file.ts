import 'server-only'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

/** How long a feed is sent as it was read, in milliseconds. Its readers come every hour at most. */
export const keptFileMs = 300_000

interface KeptFile {
  gzipped: Buffer
  readAt: number
}

const shared = globalThis as { onhandFiles?: Map<string, Promise<KeptFile>> }
const files = shared.onhandFiles ?? new Map<string, Promise<KeptFile>>()
shared.onhandFiles = files

/**
 * A file that reads the whole catalogue: written once for all who ask within five minutes, one for each name at a time, and
 * kept compressed. A file that failed is not kept.
 */
export async function sendKeptFile(name: string, lines: () => AsyncGenerator<string>): Promise<Response> {
  const { gzipped, readAt } = await fileFor(name, lines)
  const ageSeconds = Math.floor((Date.now() - readAt) / 1000)
  return new Response(
    new Blob([new Uint8Array(gzipped)]).stream().pipeThrough(new DecompressionStream('gzip')),
    {
      headers: {
        'content-type': 'application/xml; charset=utf-8',
        'cache-control': `public, max-age=0, s-maxage=${keptFileMs / 1000}`,
        age: String(Math.max(ageSeconds, 0)),
        'last-modified': new Date(readAt).toUTCString(),
      },
    },
  )
}

async function fileFor(name: string, lines: () => AsyncGenerator<string>): Promise<KeptFile> {
  const kept = files.get(name)
  if (kept && Date.now() - (await kept).readAt < keptFileMs) return kept
  // Another request may have begun while this one waited.
  const current = files.get(name)
  if (current && current !== kept) return current
  const written = compressed(lines())
  files.set(name, written)
  written.catch(() => files.get(name) === written && files.delete(name))
  return written
}

async function compressed(lines: AsyncGenerator<string>): Promise<KeptFile> {
  const readAt = Date.now()
  const parts: Buffer[] = []
  await pipeline(Readable.from(lines), createGzip(), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) parts.push(chunk)
  })
  return { gzipped: Buffer.concat(parts), readAt }
}
