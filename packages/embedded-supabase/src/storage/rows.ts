import type { ISql, Sql } from 'postgres'
import { type Caller, SERVICE } from './caller'
import { refusals } from './errors'

export interface Bucket {
  id: string
  public: boolean | null
  file_size_limit: number | null
  allowed_mime_types: string[] | null
}

export interface Stored {
  id: string
  name: string
  version: string | null
  metadata: Record<string, unknown> | null
  user_metadata: Record<string, unknown> | null
  created_at: Date
  updated_at: Date
  last_accessed_at: Date
}

/** An object to be written: `mode` says whether one of this name may, must or must not exist. */
export interface Write {
  bucket: string
  key: string
  mode: 'insert' | 'upsert' | 'update'
  version: string
  metadata: Record<string, unknown>
  userMetadata: Record<string, unknown> | null
}

export type Rows = ReturnType<typeof storageRows>

class RolledBack extends Error {}

/** The rows of storage.objects and storage.buckets, read and written as the role of a caller. */
export function storageRows(sql: Sql) {
  /** One transaction in which row level security sees the caller. */
  function as<T>(caller: Caller, work: (tx: ISql) => Promise<T>): Promise<T> {
    return sql.begin(async (tx) => {
      await become(tx, caller)
      return work(tx)
    }) as Promise<T>
  }

  async function findBucket(id: string): Promise<Bucket> {
    const [bucket] = await as(
      SERVICE,
      (tx) => tx<Bucket[]>`
        select id, public, file_size_limit::double precision, allowed_mime_types
        from storage.buckets where id = ${id}`,
    )
    if (!bucket) throw refusals.noBucket()
    return bucket
  }

  async function find(caller: Caller, bucket: string, key: string): Promise<Stored> {
    const [found] = await as(
      caller,
      (tx) => tx<Stored[]>`select * from storage.objects where bucket_id = ${bucket} and name = ${key}`,
    )
    if (!found) throw refusals.noObject()
    return found
  }

  /** Writes the row as the caller. Returns its id and the version of the file that it replaced. */
  async function write(caller: Caller, object: Write): Promise<{ id: string; replaced: string | null }> {
    return as(SERVICE, async (tx) => {
      const { bucket, key } = object
      const where = tx`where bucket_id = ${bucket} and name = ${key}`
      const [before] = await tx<Stored[]>`select version from storage.objects ${where} for update`
      await become(tx, caller)
      await writeRow(tx, caller, object)
      await become(tx, SERVICE)
      const [after] = await tx<Stored[]>`select id from storage.objects ${where}`
      if (!after) throw refusals.noObject()
      return { id: after.id, replaced: before?.version ?? null }
    })
  }

  /** Refuses a write that the policies would refuse, before a body is read for it. Writes nothing. */
  async function tryWrite(caller: Caller, object: Omit<Write, 'version' | 'metadata' | 'userMetadata'>) {
    try {
      await as(caller, async (tx) => {
        await writeRow(tx, caller, { ...object, version: '', metadata: {}, userMetadata: null })
        throw new RolledBack()
      })
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error
    }
  }

  async function remove(caller: Caller, bucket: string, keys: readonly string[]): Promise<Stored[]> {
    return as(caller, async (tx) => {
      await tx`select set_config('storage.allow_delete_query', 'true', true)`
      return tx<Stored[]>`
        delete from storage.objects where bucket_id = ${bucket} and name = any(${[...keys]}) returning *`
    })
  }

  /** Moves a row as the caller. */
  async function rename(caller: Caller, from: { bucket: string; key: string }, to: typeof from) {
    const { count } = await as(
      caller,
      (tx) => tx`
        update storage.objects set bucket_id = ${to.bucket}, name = ${to.key}
        where bucket_id = ${from.bucket} and name = ${from.key}`,
    )
    if (count === 0) throw refusals.noObject()
  }

  return { as, findBucket, find, write, tryWrite, remove, rename, end: () => sql.end({ timeout: 1 }) }
}

async function become(tx: ISql, { role, claims }: Caller): Promise<void> {
  await tx`
    select set_config('role', ${role}, true), set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
      set_config('request.jwt.claim.sub', ${String(claims.sub ?? '')}, true),
      set_config('request.jwt.claim.role', ${role}, true), set_config('statement_timeout', '10s', true)`
}

/** Without `returning`: an upload needs no right to read. */
async function writeRow(tx: ISql, { claims }: Caller, object: Write): Promise<void> {
  const { bucket, key, mode, version } = object
  const owner = typeof claims.sub === 'string' ? claims.sub : null
  const uuid = owner && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(owner) ? owner : null
  const metadata = JSON.stringify(object.metadata)
  const userMetadata = object.userMetadata && JSON.stringify(object.userMetadata)
  if (mode === 'update') {
    const { count } = await tx`
      update storage.objects
      set version = ${version}, metadata = ${metadata}::text::jsonb, user_metadata = ${userMetadata}::text::jsonb,
        owner_id = ${owner}, owner = ${uuid}
      where bucket_id = ${bucket} and name = ${key}`
    if (count === 0) throw refusals.noObject()
    return
  }
  await tx`
    insert into storage.objects (bucket_id, name, owner, owner_id, version, metadata, user_metadata)
    values (${bucket}, ${key}, ${uuid}, ${owner}, ${version}, ${metadata}::text::jsonb, ${userMetadata}::text::jsonb)
    ${
      mode === 'upsert'
        ? tx`on conflict (bucket_id, name) do update set version = excluded.version, metadata = excluded.metadata,
            user_metadata = excluded.user_metadata, owner_id = excluded.owner_id, owner = excluded.owner`
        : tx``
    }`
}
