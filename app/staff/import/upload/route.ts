import type { Refusal } from '@/lib/domain/core/refusal'
import { UploadRequest } from '@/lib/domain/imports/request'
import { uploadLimit } from '@/lib/server/http/body-limits'
import { isOurs, postedForm, seeOther } from '@/lib/server/http/posted-form'
import { uploadImport } from '@/lib/server/imports/import-upload'
import { answeringUnavailable } from '@/lib/server/resilience/answering-unavailable'
import { staffDoor } from '@/lib/server/session/doors'

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
