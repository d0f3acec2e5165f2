import 'server-only'
import { parseFile } from '@/lib/domain/import/parse-file'
import type { ImportRecord } from '@/lib/domain/import/preview'
import type { UploadRequest } from '@/lib/domain/import/request'
import type { Result } from '@/lib/domain/result'
import { shopCurrency, stageImport } from './imports'
import { sessionClient } from './supabase'

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
