import { refusals } from './errors'

/** The characters of names that Supabase Storage accepts: those that S3 calls safe. */
const KEY = /^[\w/!\-.*'() &$@=;:+,?]+$/

/** A checked name of an object. It never becomes a path of the file system, so `..` in it harms nothing. */
export function requireKey(key: string): string {
  if (!KEY.test(key) || key.length > 1024) throw refusals.invalidKey(key)
  return key
}

export function requireBucketName(name: unknown): string {
  if (typeof name !== 'string' || name.length > 100 || name.trim() !== name || name.includes('/')) {
    throw refusals.invalidBucket()
  }
  if (!KEY.test(name)) throw refusals.invalidBucket()
  return name
}

/** The bucket and the object of the end of a path, percent signs decoded once. */
export function targetOf(encoded: string): { bucket: string; key: string } {
  let path: string
  try {
    path = decodeURIComponent(encoded)
  } catch {
    throw refusals.invalidKey(encoded)
  }
  const at = path.indexOf('/')
  if (at < 1) throw refusals.invalidRequest('params/* must NOT have fewer than 1 characters')
  return { bucket: requireBucketName(path.slice(0, at)), key: requireKey(path.slice(at + 1)) }
}
