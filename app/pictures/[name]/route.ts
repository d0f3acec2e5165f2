import { isUnavailable } from '@/lib/domain/core/unavailable'
import { placeholderSvg } from '@/lib/domain/products/picture'
import { readPhoto } from '@/lib/server/products/photo-store'

/** Nothing in a picture may run or load, also when it is opened as a page. */
const always = { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" }

/**
 * A photo of a product, from the private bucket. Its bytes never change under its name, so that every cache may keep it
 * for ever. Without the file, or while Storage does not answer, the body is the placeholder: a browser shows it in place
 * of a broken picture.
 */
export async function GET(_: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  try {
    const photo = await readPhoto((await params).name)
    if (!photo) return placeholder(404, 'public, max-age=60')
    return new Response(photo, {
      headers: {
        ...always,
        'content-type': 'image/webp',
        'cache-control': 'public, max-age=31536000, s-maxage=31536000, immutable',
      },
    })
  } catch (cause) {
    if (!isUnavailable(cause)) throw cause
    return placeholder(503, 'no-store')
  }
}

function placeholder(status: number, cacheControl: string): Response {
  return new Response(placeholderSvg, {
    status,
    headers: { ...always, 'content-type': 'image/svg+xml', 'cache-control': cacheControl },
  })
}
