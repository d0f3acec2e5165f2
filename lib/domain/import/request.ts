import { z } from 'zod'

/** The largest file the staff page takes; next.config.ts lets a little more through. The command takes any. */
export const MAX_UPLOAD_BYTES = 20_000_000

/** The form that brings a file. A browser posts an empty file when none is chosen. */
export const UploadRequest = z.object({
  file: z.file().min(1).max(MAX_UPLOAD_BYTES),
  location_id: z.guid(),
  idempotency_key: z.guid(),
})
export type UploadRequest = z.infer<typeof UploadRequest>

/** The form that says yes to a preview. */
export const ConfirmRequest = z.object({
  import_id: z.guid(),
  idempotency_key: z.guid(),
  seen: z.string(),
})
export type ConfirmRequest = z.infer<typeof ConfirmRequest>
