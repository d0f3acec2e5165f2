import type { Refusal } from '@/lib/domain/core/refusal'
import { UploadRequest } from '@/lib/domain/imports/request'
import { uploadLimit } from '@/lib/server/http/body-limits'
import { leaveFlash } from '@/lib/server/http/flash'
import { isOurs, postedForm, seeOther } from '@/lib/server/http/posted-form'
import { uploadImport } from '@/lib/server/imports/import-upload'
import { answeringUnavailable } from '@/lib/server/resilience/answering-unavailable'
import { admitStaff } from '@/lib/server/session/admit'

/**
 * The form that uploads a file: the only request of the shop with a large body, so it has a separate route. Session and
 * role are checked before a byte of the file is read. Redirects to the preview, or back to the form with the reason.
 */
export const POST = answeringUnavailable(async (request: Request): Promise<Response> => {
  if (!isOurs(request)) return new Response(null, { status: 403 })
  const access = await admitStaff('manager')
  if (!access.ok) return refusedUpload(access.error)
  const form = await postedForm(request, uploadLimit)
  if (form instanceof Response) return form.status === 413 ? refusedUpload(noFile) : form
  const asked = UploadRequest.safeParse(Object.fromEntries(form))
  if (!asked.success) return refusedUpload(noFile)
  const uploaded = await uploadImport(asked.data)
  return uploaded.ok ? seeOther(`/staff/import/${uploaded.data.id}`) : refusedUpload(uploaded.error)
})

const noFile: Refusal = { code: 'invalid_input', detail: { field: 'file', problem: 'missing or too large' } }

async function refusedUpload(refusal: Refusal): Promise<Response> {
  await leaveFlash(refusal, '/staff/import')
  return seeOther('/staff/import')
}
