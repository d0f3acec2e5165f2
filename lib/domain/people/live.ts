import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { rowsOf } from '@/lib/domain/stock/live'
import { Colleague } from './people'

const colleagues: LiveSource<Colleague> = {
  table: 'staff',
  ...rowsOf(Colleague),
  by: 'user_id',
  id: (row) => row.user_id,
  version: (row) => row.version,
}

/** The permissions of some staff members. Everybody may follow themselves, also after they left. */
export function colleaguesOf(userIds: readonly string[]): LiveQuery<Colleague> {
  return liveQuery(colleagues, userIds)
}
