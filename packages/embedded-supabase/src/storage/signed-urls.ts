import type { Caller } from './caller'
import { refusals } from './errors'
import type { Target } from './objects'
import type { Rows } from './rows'
import { signObject } from './signing'

/** The path that opens one object until its token ends. Refused where the caller may not read the object. */
export async function sign(
  rows: Rows,
  caller: Caller,
  { bucket, key }: Target,
  expiresIn: unknown,
): Promise<unknown> {
  const seconds = secondsIn(expiresIn)
  await rows.find(caller, bucket, key)
  return { signedURL: signedPath(bucket, key, seconds) }
}

/** The same for several, each with its own error. */
export async function signMany(
  rows: Rows,
  caller: Caller,
  bucket: string,
  body: Record<string, unknown>,
): Promise<unknown> {
  const seconds = secondsIn(body.expiresIn)
  if (!Array.isArray(body.paths) || body.paths.length > 500)
    throw refusals.invalidRequest('body/paths must be array')
  const paths = body.paths.map(String)
  const found = await rows.as(
    caller,
    (tx) =>
      tx<
        { name: string }[]
      >`select name from storage.objects where bucket_id = ${bucket} and name = any(${paths})`,
  )
  const names = new Set(found.map(({ name }) => name))
  return paths.map((path) =>
    names.has(path)
      ? { error: null, path, signedURL: signedPath(bucket, path, seconds) }
      : {
          error: 'Either the object does not exist or you do not have access to it',
          path,
          signedURL: null,
        },
  )
}

function secondsIn(value: unknown): number {
  if (!Number.isInteger(value) || Number(value) < 1)
    throw refusals.invalidRequest('body/expiresIn must be >= 1')
  return Number(value)
}

function signedPath(bucket: string, key: string, seconds: number): string {
  const url = `${bucket}/${key}`
  return `/object/sign/${url}?token=${signObject(url, seconds)}`
}
