import 'server-only'
import type { RefusedTransfer } from '@/lib/domain/stock/stock-request'
import { perRequest } from '@/lib/server/http/per-request'

/** A transfer that was posted without JavaScript and refused. */
export const refusedTransfers = perRequest<RefusedTransfer>()
