import { z } from 'zod'
import { type AskKind, askChoices, asks } from './finding'
import { importChoices } from './preview'

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
  seen: z.string().max(200),
})
export type ConfirmRequest = z.infer<typeof ConfirmRequest>

/** The form that says what to do with a line whose number moved since the export; without a line, with all of them. */
export const ImportAnswer = z.object({
  import_id: z.guid(),
  choice: z.enum(importChoices),
  line: z.coerce.number().int().exactOptional(),
})
export type ImportAnswer = z.infer<typeof ImportAnswer>

/** The form that answers a question about cells of a file, for all of its kind. */
export const AskAnswer = z.object({
  import_id: z.guid(),
  kind: z.enum(Object.keys(asks) as [AskKind, ...AskKind[]]),
  answer: z.enum(askChoices),
})
export type AskAnswer = z.infer<typeof AskAnswer>

/** The forms that begin to take an import back, and that throw one away. */
export const ImportNamed = z.object({ import_id: z.guid() })
