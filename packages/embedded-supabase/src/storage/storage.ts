import type { IncomingMessage, ServerResponse } from 'node:http'
import postgres from 'postgres'
import { sendJson } from '#api/node-http'
import { readJson } from './body'
import { bucketCalls } from './buckets'
import { callerOf, requireCaller, SERVICE } from './caller'
import { refusalOf, refusals } from './errors'
import { openFiles } from './files'
import { listObjects } from './list'
import { requireBucketName, targetOf } from './names'
import { objectCalls } from './objects'
import { storageRows } from './rows'
import { infoOf, sendObject } from './send'
import { sign, signMany } from './signed-urls'
import { signObject, verifyObject } from './signing'

export interface StorageOptions {
  /** As superuser: each request takes the role of its caller. */
  adminUrl: string
  /** Where the files of objects are. */
  folder: string
  /** Bytes of an object where its bucket says nothing. */
  largest?: number
  /** The longest pause of a body. */
  idleMs?: number
}

const SIGNED_UPLOAD_SECONDS = 7200

function openParts({ adminUrl, folder, largest = 52_428_800, idleMs = 30_000 }: StorageOptions) {
  const rows = storageRows(postgres(adminUrl, { max: 5, onnotice: () => undefined }))
  const files = openFiles(folder)
  return {
    rows,
    files,
    idleMs,
    objects: objectCalls(rows, files, { largest, idleMs }),
    buckets: bucketCalls(rows, files),
  }
}

type Parts = ReturnType<typeof openParts>

/** The part of Supabase Storage that its JavaScript client uses for buckets and objects. */
export function startStorage(options: StorageOptions) {
  const parts = openParts(options)

  async function answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const path = url.pathname.slice('/storage/v1'.length)
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (/^\/bucket(\/|$)/.test(path)) return orNoRoute(await answerBucket(parts, request, path))
    if (/^\/object\/./.test(path)) {
      if (isRead) return read(parts, request, response, url, path)
      return orNoRoute(
        (await answerMany(parts, request, path)) ?? (await answerOne(parts, request, url, path)),
      )
    }
    return orNoRoute(undefined)

    function orNoRoute(body: unknown): void {
      if (body === undefined) throw refusals.noRoute(request.method ?? '', path)
      sendJson(response, 200, body)
    }
  }

  return {
    handleRequest: async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
      try {
        await answer(request, response, url)
      } catch (error) {
        if (response.headersSent || request.socket.destroyed) return void response.destroy()
        const refusal =
          error instanceof URIError ? refusals.invalidRequest('URI malformed') : refusalOf(error)
        if (!refusal) throw error
        // A client reads the refusal once its body is sent; a body that does not end is cut off.
        if (refusal.status === 408) response.setHeader('Connection', 'close')
        request.resume()
        sendJson(response, 400, refusal.body)
      }
    },
    stop: () => parts.rows.end(),
  }
}

async function answerBucket(
  { buckets, idleMs }: Parts,
  request: IncomingMessage,
  path: string,
): Promise<unknown> {
  const caller = requireCaller(request.headers)
  const [, , id, verb] = path.split('/').map(decodeURIComponent)
  const call = `${request.method} ${id === undefined ? 'buckets' : (verb ?? 'bucket')}`
  if (call === 'GET buckets') return buckets.list(caller)
  if (call === 'POST buckets') return buckets.create(caller, await readJson(request, idleMs))
  if (id === undefined) return undefined
  if (call === 'GET bucket') return buckets.get(caller, id)
  if (call === 'PUT bucket') return buckets.update(caller, id, await readJson(request, idleMs))
  if (call === 'DELETE bucket') return buckets.remove(caller, id)
  if (call === 'POST empty') return buckets.empty(caller, id)
  return undefined
}

/** Calls that name no single object in their path. */
async function answerMany(
  { rows, objects, idleMs }: Parts,
  request: IncomingMessage,
  path: string,
): Promise<unknown> {
  const [, , verb = '', name, ...rest] = path.split('/')
  if (rest.length > 0) return undefined
  const caller = requireCaller(request.headers)
  const call = `${request.method} ${verb}`
  if (name === undefined) {
    if (call === 'POST copy') return objects.copy(caller, await readJson(request, idleMs))
    if (call === 'POST move') return objects.move(caller, await readJson(request, idleMs))
    if (request.method !== 'DELETE') return undefined
    const body = await readJson(request, idleMs)
    return objects.remove(caller, requireBucketName(decodeURIComponent(verb)), body.prefixes)
  }
  const bucket = requireBucketName(decodeURIComponent(name))
  if (call === 'POST list') return listObjects(rows, caller, bucket, await readJson(request, idleMs))
  if (call === 'POST sign') return signMany(rows, caller, bucket, await readJson(request, idleMs))
  return undefined
}

/** Calls that change or sign one object. */
async function answerOne(
  { rows, objects, idleMs }: Parts,
  request: IncomingMessage,
  url: URL,
  path: string,
): Promise<unknown> {
  const isUpsert = request.headers['x-upsert'] === 'true'
  const mode = isUpsert ? 'upsert' : 'insert'
  const signed = /^\/object\/upload\/sign\/(.+)$/.exec(path)
  if (signed) {
    const target = targetOf(signed[1] ?? '')
    const name = `${target.bucket}/${target.key}`
    if (request.method === 'PUT') {
      const claims = verifyObject(url.searchParams.get('token'), name)
      if (typeof claims.upsert !== 'boolean') throw refusals.invalidSignature()
      const owner = { ...SERVICE, claims: { ...SERVICE.claims, sub: claims.owner } }
      return objects.upload(owner, { ...target, mode: claims.upsert ? 'upsert' : 'insert' }, request)
    }
    const caller = requireCaller(request.headers)
    await rows.findBucket(target.bucket)
    await rows.tryWrite(caller, { ...target, mode })
    const token = signObject(name, SIGNED_UPLOAD_SECONDS, { upsert: isUpsert, owner: caller.claims.sub })
    return { url: `/object/upload/sign/${name}?token=${token}`, token }
  }
  const caller = requireCaller(request.headers)
  const asked = /^\/object\/sign\/(.+)$/.exec(path)
  if (asked && request.method === 'POST')
    return sign(rows, caller, targetOf(asked[1] ?? ''), (await readJson(request, idleMs)).expiresIn)
  const target = targetOf(path.slice('/object/'.length))
  if (request.method === 'POST') return objects.upload(caller, { ...target, mode }, request)
  if (request.method === 'PUT') return objects.upload(caller, { ...target, mode: 'update' }, request)
  if (request.method === 'DELETE') {
    const found = await objects.remove(caller, target.bucket, [target.key])
    if (Array.isArray(found) && found.length === 0) throw refusals.noObject()
    return { message: 'Successfully deleted' }
  }
  return undefined
}

/** Reads an object: public, by a signed URL, or as the caller. */
async function read(
  { rows, files }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  path: string,
) {
  const [, way, encoded = ''] =
    /^\/object\/(?:(public|authenticated|sign|info(?:\/authenticated|\/public)?)\/)?(.+)$/.exec(path) ?? []
  const { bucket, key } = targetOf(encoded)
  if (way === 'sign') {
    const claims = verifyObject(url.searchParams.get('token'), `${bucket}/${key}`)
    if (claims.upsert !== undefined) throw refusals.invalidSignature()
    return sendObject(files, await rows.find(SERVICE, bucket, key), request, response, url)
  }
  const isPublic = (await rows.findBucket(bucket)).public === true
  if (way?.endsWith('public') && !isPublic) throw refusals.noBucket()
  if (!isPublic && !callerOf(request.headers)) throw refusals.noBucket()
  const object = await rows.find(isPublic ? SERVICE : requireCaller(request.headers), bucket, key)
  if (way?.startsWith('info')) return sendJson(response, 200, infoOf(bucket, object))
  return sendObject(files, object, request, response, url)
}
