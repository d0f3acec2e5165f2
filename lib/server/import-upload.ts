import 'server-only'
import { parseCatalogue } from '@/lib/domain/import/parse-catalogue'
import type { ImportRecord } from '@/lib/domain/import/preview'
import { type ImportProblem, SHOWN_PROBLEMS } from '@/lib/domain/import/problem'
import type { UploadRequest } from '@/lib/domain/import/request'
import type { Refusal } from '@/lib/domain/refusal'
import { type Result, refused } from '@/lib/domain/result'
import { roleReaches } from '@/lib/domain/staff'
import { shopCurrency, stageImport } from './imports'
import { currentStaff } from './session'
import { sessionClient } from './supabase'

/** A file that cannot be staged: the first problems, and how many there are. */
export interface FileRefusal {
  code: 'file_refused'
  fileName: string
  problems: ImportProblem[]
  total: number
}

/** Reads and stages an uploaded file as the signed-in manager. Nothing of the catalogue changes. */
export async function uploadImport(
  request: UploadRequest,
): Promise<Result<ImportRecord, Refusal | FileRefusal>> {
  const member = await currentStaff()
  // SQL decides again; asked here first, so that nobody else makes this server read twenty megabytes.
  if (!member || !roleReaches(member.role, 'manager')) {
    return refused({ code: 'role_required', detail: { role: 'manager' } })
  }
  const client = await sessionClient()
  const fileName = request.file.name.slice(-255)
  const file = parseCatalogue(new Uint8Array(await request.file.arrayBuffer()), await shopCurrency(client))
  if (!file.ok) {
    const problems = file.error.slice(0, SHOWN_PROBLEMS)
    return refused({ code: 'file_refused', fileName, problems, total: file.error.length })
  }
  return stageImport(client, {
    fileName,
    content: file.data,
    locationId: request.location_id,
    idempotencyKey: request.idempotency_key,
  })
}
