import type { UploadAnswer } from '@/lib/domain/products/upload'
import { uploadLimit } from '@/lib/server/http/body-limits'
import { isOurs, postedForm } from '@/lib/server/http/posted-form'
import { keepPhoto } from '@/lib/server/products/photo-store'
import { admitStaff } from '@/lib/server/session/admit'

/**
 * The upload of one photo from the product sheet, a route because of its size and its progress. Session and role are
 * checked before a byte of the photo is read.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isOurs(request)) return new Response(null, { status: 403 })
  const access = await admitStaff('manager')
  if (!access.ok) {
    const { code } = access.error
    return answer({
      problem: code === 'signed_out' || code === 'role_required' ? code : 'unavailable',
    })
  }
  const form = await postedForm(request, uploadLimit)
  if (form instanceof Response) return form.status === 413 ? answer({ problem: 'too_large' }) : form
  const photo = form.get('photo')
  if (!(photo instanceof File)) return answer({ problem: 'not_a_photo' })
  const kept = await keepPhoto(new Uint8Array(await photo.arrayBuffer()))
  return answer(kept.ok ? { src: kept.data } : { problem: kept.error })
}

function answer(body: UploadAnswer): Response {
  return Response.json(body, { headers: { 'cache-control': 'private, no-store' } })
}
