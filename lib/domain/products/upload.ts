import { z } from 'zod'

/** Bytes of an uploaded photo. */
export const largestPhoto = 20_000_000
/** Pixels of an uploaded photo: a small file can hold so many that it fills the memory. */
export const mostPixels = 60_000_000

export const photoProblems = [
  'too_large',
  'not_a_photo',
  'heic',
  'svg',
  'too_many_pixels',
  'broken',
  'busy',
  'signed_out',
  'role_required',
  'unavailable',
] as const
export type PhotoProblem = (typeof photoProblems)[number]

/** The answer to an uploaded photo: its address, or its problem. */
export const UploadAnswer = z.union([
  z.object({ src: z.string() }),
  z.object({ problem: z.enum(photoProblems) }),
])
export type UploadAnswer = z.infer<typeof UploadAnswer>

/** The kind of a file by its first bytes; its name and its type may say anything. */
export function kindOf(bytes: Uint8Array): 'photo' | 'heic' | 'svg' | 'other' {
  const head = String.fromCharCode(...bytes.subarray(0, 512))
  if (head.startsWith('\xff\xd8\xff') || head.startsWith('\x89PNG\r\n\x1a\n')) return 'photo'
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'photo'
  if (/^....ftyp(?:hei|hev|mif1|msf1)/s.test(head)) return 'heic'
  return /<svg[\s>]/i.test(head) ? 'svg' : 'other'
}
