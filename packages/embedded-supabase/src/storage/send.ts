import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Files } from './files'
import type { Stored } from './rows'

/** Sends an object's file as it was uploaded. */
export async function sendObject(
  files: Files,
  object: Stored,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) {
  const { mimetype, cacheControl, size, eTag, lastModified } = Object(object.metadata)
  if (typeof eTag === 'string') response.setHeader('ETag', eTag)
  response.setHeader('Cache-Control', String(cacheControl ?? 'no-cache'))
  if (eTag && request.headers['if-none-match'] === eTag) return void response.writeHead(304).end()
  const download = url.searchParams.get('download')
  if (download !== null)
    response.setHeader(
      'Content-Disposition',
      download === '' ? 'attachment' : `attachment; filename*=UTF-8''${encodeURIComponent(download)}`,
    )
  response.writeHead(200, {
    'Content-Type': String(mimetype ?? 'application/octet-stream'),
    'Content-Length': Number(size),
    'Last-Modified': new Date(String(lastModified ?? object.updated_at)).toUTCString(),
  })
  if (request.method === 'HEAD') return void response.end()
  await pipeline(files.read(object.version ?? ''), response)
}

/** What `info` shows of an object. */
export function infoOf(bucket: string, object: Stored): unknown {
  const { size, mimetype, cacheControl, eTag, lastModified } = Object(object.metadata)
  return {
    id: object.id,
    version: object.version,
    name: object.name,
    bucket_id: bucket,
    size,
    content_type: mimetype,
    cache_control: cacheControl,
    etag: eTag,
    metadata: object.user_metadata,
    last_modified: lastModified,
    created_at: object.created_at,
  }
}
