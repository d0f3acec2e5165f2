import type { IncomingMessage } from 'node:http'
import { refusals } from './errors'

/** An uploaded file with the words of its form or headers. */
export interface Upload {
  bytes: Uint8Array
  type: string
  cacheControl: string
  metadata: Record<string, unknown> | null
}

/** The frame of a form around its file. */
const FRAME = 64 * 1024

/** Reads a body, counting its bytes while they arrive, whatever its headers say. `idleMs`: the longest pause. */
async function readBody(request: IncomingMessage, limit: number, idleMs: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw refusals.tooLarge()
  const parts: Buffer[] = []
  let size = 0
  // By events: leaving a loop over the request would end its connection, and with it the refusal.
  const ended = Promise.withResolvers<void>()
  const idle = setTimeout(() => ended.reject(refusals.slow()), idleMs)
  const broken = () => ended.reject(new Error('The client closed the connection'))
  const take = (part: Buffer) => {
    idle.refresh()
    size += part.length
    if (size > limit) ended.reject(refusals.tooLarge())
    else parts.push(part)
  }
  // A connection that ended before this has no more events.
  if (request.socket.destroyed) broken()
  request.on('data', take).once('end', ended.resolve).once('close', broken).once('error', broken)
  try {
    await ended.promise
  } finally {
    request.off('data', take)
    clearTimeout(idle)
  }
  return Buffer.concat(parts, size)
}

/** The JSON of a request: an object, empty without a body. */
export async function readJson(request: IncomingMessage, idleMs: number): Promise<Record<string, unknown>> {
  const text = (await readBody(request, 1_000_000, idleMs)).toString('utf8')
  try {
    const value: unknown = JSON.parse(text || '{}')
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {
    // The refusal is below.
  }
  throw refusals.invalidRequest('body must be object')
}

/** The upload of a request, as a form or as plain bytes. */
export async function readUpload(request: IncomingMessage, limit: number, idleMs: number): Promise<Upload> {
  const type = request.headers['content-type'] ?? 'application/octet-stream'
  if (!type.startsWith('multipart/form-data')) {
    const bytes = await readBody(request, limit, idleMs)
    const metadata = request.headers['x-metadata']
    return {
      bytes,
      type,
      cacheControl: request.headers['cache-control'] ?? 'no-cache',
      metadata: typeof metadata === 'string' ? metadataIn(Buffer.from(metadata, 'base64').toString()) : null,
    }
  }
  const body = await readBody(request, limit + FRAME, idleMs)
  const form = await formIn(body, type)
  const file = [...form.values()].find((value) => typeof value !== 'string')
  if (!file) throw refusals.invalidRequest('No content provided')
  if (file.size > limit) throw refusals.tooLarge()
  const seconds = form.get('cacheControl')
  return {
    bytes: new Uint8Array(await file.arrayBuffer()),
    type: file.type || 'application/octet-stream',
    cacheControl: typeof seconds === 'string' ? `max-age=${seconds}` : 'no-cache',
    metadata: metadataIn(form.get('metadata')),
  }
}

async function formIn(body: Buffer, type: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  } catch {
    throw refusals.invalidRequest('Unexpected end of multipart data')
  }
}

function metadataIn(text: unknown): Record<string, unknown> | null {
  if (typeof text !== 'string') return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
