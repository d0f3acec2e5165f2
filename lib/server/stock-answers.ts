import 'server-only'
import type { RefusedTransfer } from '@/lib/domain/stock-request'
import { perRequest } from './per-request'

/** A transfer that was posted without JavaScript and refused. */
export const refusedTransfers = perRequest<RefusedTransfer>()
