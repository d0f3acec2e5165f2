import { toSlug } from '@/lib/domain/imports/slug'
import { type Cell, meaning, meaningless } from './cell'

const MAX_HANDLE = 255

/** Whether a text is the last part of a product's address: a-z, 0-9 and single hyphens. */
export function isHandle(text: string): boolean {
  return text.length <= MAX_HANDLE && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)
}

/** A handle as staff type it; one that is no address is refused with one that is. */
export function readHandle(text: string): Cell<string> {
  if (text.length > MAX_HANDLE) return meaningless(`is longer than ${MAX_HANDLE} characters`)
  if (isHandle(text)) return meaning(text)
  const slug = toSlug(text)
  return meaningless(`may only have a-z, 0-9 and single hyphens${slug ? `: write ${slug}` : ''}`)
}
