import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { readUpload } from './body'
import type { Caller } from './caller'
import { refusals } from './errors'
import type { Files } from './files'
import { requireBucketName, requireKey } from './names'
import type { Bucket, Rows, Write } from './rows'

export interface Limits {
  /** Bytes of an object where its bucket says nothing. */
  largest: number
  /** The longest pause of a body. */
  idleMs: number
}

export type Target = { bucket: string; key: string }

/** Calls that change objects. Every row is written as the caller: the policies of storage.objects decide. */
export function objectCalls(rows: Rows, files: Files, limits: Limits) {
  async function upload(
    caller: Caller,
    { bucket: id, key, mode }: Target & Pick<Write, 'mode'>,
    request: IncomingMessage,
  ): Promise<unknown> {
    const bucket = await rows.findBucket(id)
    await rows.tryWrite(caller, { bucket: id, key, mode })
    const { bytes, type, cacheControl, metadata } = await readUpload(
      request,
      Math.min(limits.largest, bucket.file_size_limit || limits.largest),
      limits.idleMs,
    )
    requireType(bucket, type)
    const now = new Date().toISOString()
    const version = await files.write(bytes)
    const written = await orRemove(version, () =>
      rows.write(caller, {
        bucket: id,
        key,
        mode,
        version,
        metadata: {
          eTag: `"${createHash('md5').update(bytes).digest('hex')}"`,
          size: bytes.length,
          mimetype: type,
          cacheControl,
          lastModified: now,
          contentLength: bytes.length,
          httpStatusCode: 200,
        },
        userMetadata: metadata,
      }),
    )
    await files.remove([written.replaced])
    return { Id: written.id, Key: `${id}/${key}` }
  }

  async function orRemove<T>(version: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      await files.remove([version])
      throw error
    }
  }

  async function remove(caller: Caller, bucket: string, prefixes: unknown): Promise<unknown> {
    if (!Array.isArray(prefixes) || prefixes.length === 0 || prefixes.length > 1000)
      throw refusals.invalidRequest('body/prefixes must NOT have fewer than 1 items')
    const keys = prefixes.map(String).filter((key) => !key.includes('\0'))
    const removed = await rows.remove(caller, bucket, keys)
    await files.remove(removed.map(({ version }) => version))
    return removed.map(({ version: _, ...object }) => object)
  }

  async function copy(caller: Caller, body: Record<string, unknown>): Promise<unknown> {
    const { from, to } = pairIn(body)
    const source = await rows.find(caller, from.bucket, from.key)
    await rows.findBucket(to.bucket)
    await rows.tryWrite(caller, { ...to, mode: 'insert' })
    const version = await files.copy(source.version ?? '')
    const written = await orRemove(version, () =>
      rows.write(caller, {
        ...to,
        mode: 'insert',
        version,
        metadata: source.metadata ?? {},
        userMetadata: source.user_metadata,
      }),
    )
    return { Id: written.id, Key: `${to.bucket}/${to.key}` }
  }

  async function move(caller: Caller, body: Record<string, unknown>): Promise<unknown> {
    const { from, to } = pairIn(body)
    await rows.find(caller, from.bucket, from.key)
    await rows.rename(caller, from, to)
    return { message: 'Successfully moved' }
  }

  return { upload, remove, copy, move }
}

function requireType({ allowed_mime_types: allowed }: Bucket, given: string): void {
  if (!allowed || allowed.length === 0) return
  const [type = ''] = given.toLowerCase().split(';')
  const isAllowed = allowed.some(
    (each) => each === type || (each.endsWith('/*') && type.startsWith(each.slice(0, -1))),
  )
  if (!isAllowed) throw refusals.invalidType(type)
}

function pairIn(body: Record<string, unknown>): { from: Target; to: Target } {
  const bucket = requireBucketName(body.bucketId)
  return {
    from: { bucket, key: requireKey(String(body.sourceKey)) },
    to: {
      bucket: requireBucketName(body.destinationBucket ?? bucket),
      key: requireKey(String(body.destinationKey)),
    },
  }
}
