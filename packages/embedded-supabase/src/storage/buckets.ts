import type { Caller } from './caller'
import { refusals } from './errors'
import type { Files } from './files'
import { requireBucketName } from './names'
import type { Rows } from './rows'

const COLUMNS = `id, name, owner, public, file_size_limit::double precision, allowed_mime_types, created_at, updated_at`

/** The routes below /bucket, each as the caller: the policies of storage.buckets decide. */
export function bucketCalls(rows: Rows, files: Files) {
  async function get(caller: Caller, id: string): Promise<unknown> {
    const [bucket] = await rows.as(caller, (tx) =>
      tx.unsafe(`select ${COLUMNS} from storage.buckets where id = $1`, [id]),
    )
    if (!bucket) throw refusals.noBucket()
    return bucket
  }

  async function list(caller: Caller): Promise<unknown> {
    return rows.as(caller, (tx) =>
      tx.unsafe(`select ${COLUMNS} from storage.buckets order by name limit 1000`),
    )
  }

  async function create(caller: Caller, body: Record<string, unknown>): Promise<unknown> {
    const id = requireBucketName(body.id ?? body.name)
    const { isPublic, limit, types } = settingsIn(body)
    await rows.as(
      caller,
      (tx) => tx`
        insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types, owner_id)
        values (${id}, ${id}, ${isPublic ?? false}, ${limit ?? null}, ${types ?? null},
          ${typeof caller.claims.sub === 'string' ? caller.claims.sub : null})`,
    )
    return { name: id }
  }

  async function update(caller: Caller, id: string, body: Record<string, unknown>): Promise<unknown> {
    const { isPublic, limit, types } = settingsIn(body)
    const { count } = await rows.as(
      caller,
      (tx) => tx`
        update storage.buckets
        set public = coalesce(${isPublic ?? null}, public),
          file_size_limit = ${limit === undefined ? tx`file_size_limit` : limit},
          allowed_mime_types = ${types === undefined ? tx`allowed_mime_types` : types},
          updated_at = now()
        where id = ${id}`,
    )
    if (count === 0) throw refusals.noBucket()
    return { message: 'Successfully updated' }
  }

  async function empty(caller: Caller, id: string): Promise<unknown> {
    await get(caller, id)
    const found = await rows.as(
      caller,
      (tx) => tx<{ name: string }[]>`select name from storage.objects where bucket_id = ${id}`,
    )
    const removed = await rows.remove(
      caller,
      id,
      found.map(({ name }) => name),
    )
    await files.remove(removed.map(({ version }) => version))
    return { message: 'Successfully emptied' }
  }

  async function remove(caller: Caller, id: string): Promise<unknown> {
    await get(caller, id)
    const removed = await rows.as(caller, async (tx) => {
      await tx`select set_config('storage.allow_delete_query', 'true', true)`
      try {
        return (await tx`delete from storage.buckets where id = ${id}`).count
      } catch (error) {
        if (Object(error).code === '23503') throw refusals.notEmpty()
        throw error
      }
    })
    if (removed === 0) throw refusals.noBucket()
    return { message: 'Successfully deleted' }
  }

  return { get, list, create, update, empty, remove }
}

function settingsIn(body: Record<string, unknown>) {
  const { public: isPublic, file_size_limit: limit, allowed_mime_types: types } = body
  if (isPublic !== undefined && typeof isPublic !== 'boolean')
    throw refusals.invalidRequest('body/public must be boolean')
  if (types !== undefined && types !== null && !isTexts(types))
    throw refusals.invalidRequest('body/allowed_mime_types must be array')
  return { isPublic, limit: bytesIn(limit), types }
}

const UNITS = { b: 1, kb: 1000, mb: 1_000_000, gb: 1_000_000_000 }

function bytesIn(limit: unknown): number | null | undefined {
  if (limit === undefined || limit === null) return limit
  if (Number.isInteger(limit) && Number(limit) >= 0) return Number(limit)
  const [, size, unit = 'b'] = /^(\d+(?:\.\d+)?)(gb|mb|kb|b)?$/i.exec(String(limit)) ?? []
  if (size === undefined)
    throw refusals.invalidRequest('Invalid file size format, hint: use 20GB / 20MB / 30KB / 3B')
  return Math.floor(Number(size) * UNITS[unit.toLowerCase() as keyof typeof UNITS])
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}
