import 'server-only'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { Unavailable } from '@/lib/domain/core/unavailable'
import { isPhotoFile } from '@/lib/domain/products/photo'
import type { PhotoProblem } from '@/lib/domain/products/upload'
import { secretClient, sessionClient } from '@/lib/server/platform/supabase'
import { makePhoto } from './photos'

const bucket = 'pictures'
const forEver = { contentType: 'image/webp', cacheControl: '31536000, immutable' }

/**
 * Keeps an uploaded photo as the signed-in manager: the policy of storage.objects is the second check. Returns its
 * address; the product names it once it is saved.
 */
export async function keepPhoto(bytes: Uint8Array): Promise<Result<string, PhotoProblem>> {
  const photo = await makePhoto(bytes)
  if (!photo.ok) return photo
  const store = (await sessionClient()).storage.from(bucket)
  for (const file of photo.data.files) {
    const { error } = await store.upload(file.name, file.bytes, forEver)
    if (!error) continue
    process.emitWarning(`A picture could not be kept: ${error.message}`)
    return refused(error.statusCode === '403' ? 'role_required' : 'unavailable')
  }
  return accepted(photo.data.src)
}

/** The bytes of a photo's file; null when there is none. Throws `Unavailable` when Storage does not answer. */
export async function readPhoto(name: string): Promise<ArrayBuffer | null> {
  if (!isPhotoFile(name)) return null
  const { data, error } = await secretClient().storage.from(bucket).download(name)
  if (data) return data.arrayBuffer()
  if (Number(error.status) === 400 || Number(error.status) === 404) return null
  throw new Unavailable(`Storage: ${error.message}`, { cause: error })
}
