import 'server-only'
import type { Result } from '@/lib/domain/core/result'
import type { ImportRecord } from '@/lib/domain/imports/preview'
import { parseFile } from '@/lib/domain/imports/reading/parse-file'
import type { UploadRequest } from '@/lib/domain/imports/request'
import { sessionClient } from '@/lib/server/platform/supabase'
import { shopCurrency, stageImport } from './imports'

/** Reads and stages an uploaded file as the signed-in manager. Nothing of the catalogue changes. */
export async function uploadImport(request: UploadRequest): Promise<Result<ImportRecord>> {
  const client = await sessionClient()
  const bytes = new Uint8Array(await request.file.arrayBuffer())
  return stageImport(client, {
    fileName: request.file.name.slice(-255),
    content: parseFile(bytes, await shopCurrency(client)),
    locationId: request.location_id,
    idempotencyKey: request.idempotency_key,
  })
}
