import { UploadRequest } from '@/lib/domain/import/request'
import type { Refusal } from '@/lib/domain/refusal'
import { answeringUnavailable } from '@/lib/server/answering-unavailable'
import { uploadLimit } from '@/lib/server/body-limits'
import { staffDoor } from '@/lib/server/doors'
import { uploadImport } from '@/lib/server/import-upload'
import { isOurs, postedForm, seeOther } from '@/lib/server/posted-form'

/**
 * The form that brings a file: the only request of the shop with a large body, so it has a route of its own. Session and
 * role are checked before a byte of the file is read. Leads to the preview, or back to the form with the reason.
 */
export const POST = answeringUnavailable(async (request: Request): Promise<Response> => {
  if (!isOurs(request)) return new Response(null, { status: 403 })
  const door = await staffDoor('manager')
  if (!door.ok) return refusedUpload(door.error.code)
  const form = await postedForm(request, uploadLimit)
  if (form instanceof Response) return form.status === 413 ? refusedUpload('invalid_input') : form
  const asked = UploadRequest.safeParse(Object.fromEntries(form))
  if (!asked.success) return refusedUpload('invalid_input')
  const uploaded = await uploadImport(asked.data)
  return uploaded.ok ? seeOther(`/staff/import/${uploaded.data.id}`) : refusedUpload(uploaded.error.code)
})

function refusedUpload(code: Refusal['code']): Response {
  return seeOther(`/staff/import?refused=${code}`)
}
