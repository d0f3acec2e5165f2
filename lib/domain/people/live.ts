import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { rowsOf } from '@/lib/domain/stock/live'
import { StaffRecord } from './people'

const staffMembers: LiveSource<StaffRecord> = {
  table: 'staff',
  ...rowsOf(StaffRecord),
  by: 'user_id',
  id: (row) => row.user_id,
  version: (row) => row.version,
}

/** The permissions of some staff members. Everybody may follow themselves, also after they left. */
export function staffMembersOf(userIds: readonly string[]): LiveQuery<StaffRecord> {
  return liveQuery(staffMembers, userIds)
}
