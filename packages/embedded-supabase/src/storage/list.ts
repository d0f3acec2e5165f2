import type { Caller } from './caller'
import { refusals } from './errors'
import type { Rows } from './rows'

const SORTABLE = ['name', 'created_at', 'updated_at', 'last_accessed_at']

/** One level of a bucket as its caller may see it: folders first, which have no id, then objects. */
export async function listObjects(rows: Rows, caller: Caller, bucket: string, body: Record<string, unknown>) {
  const { prefix = '', search = '', limit = 100, offset = 0 } = body
  const { column = 'name', order = 'asc' } = Object(body.sortBy ?? {}) as Record<string, unknown>
  if (typeof prefix !== 'string' || typeof search !== 'string')
    throw refusals.invalidRequest('body/prefix must be string')
  const sort = SORTABLE.find((each) => each === column)
  if (!sort || !isCount(limit) || !isCount(offset))
    throw refusals.invalidRequest('body/sortBy/column is invalid')
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
  return rows.as(
    caller,
    (tx) => tx`
      with below as (
        select object.*, substr(object.name, length(${folder}::text) + 1) as rest
        from storage.objects as object
        where object.bucket_id = ${bucket} and starts_with(object.name, ${folder})
      ), entry as (
        select distinct split_part(rest, '/', 1) as name, null::uuid as id, null::timestamptz as updated_at,
          null::timestamptz as created_at, null::timestamptz as last_accessed_at, null::jsonb as metadata
        from below where position('/' in rest) > 0
        union all
        select rest, id, updated_at, created_at, last_accessed_at, metadata
        from below where position('/' in rest) = 0
      )
      select * from entry
      where starts_with(lower(name), lower(${search}))
      order by id is not null, ${tx(sort)} ${order === 'desc' ? tx`desc` : tx`asc`}, name
      limit ${Math.min(limit, 1000)} offset ${offset}`,
  )
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0
}
