import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { notFound } from 'next/navigation'
import { ImageResponse } from 'next/og'
import { productOpengraphImageWords } from '@/app/(shop)/words'
import { photoAt } from '@/lib/domain/products/photo'
import { PLACEHOLDER } from '@/lib/domain/products/picture'
import type { Picture } from '@/lib/domain/products/product'
import { findProduct } from '@/lib/server/products/catalog'
import { readPhoto } from '@/lib/server/products/photo-store'
import { framedPhoto } from '@/lib/server/products/photos'
import { sharePicture } from '@/lib/server/products/share-pictures'

export const size = { width: 1200, height: 630 }
export const contentType = 'image/png'
export const alt = productOpengraphImageWords.theProduct

type Shown = Pick<Picture, 'src' | 'focus'>
const middle = [50, 50] as const
/** The picture's place in the image. */
const frame = { width: 504, height: 630 }

/** As --color-ink in app/globals.css, by day. */
const ink = '#232252'

/** For an hour, because another picture may come first by then; a crawler may use it for a day while it asks again. */
const headers = {
  'content-type': contentType,
  'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
}

/** The picture for links to the product in other places: its first photo or drawing, mounted on the shop's ink. Made once per picture. */
export default async function ProductShareImage({ params }: { params: Promise<{ handle: string }> }) {
  const product = await findProduct((await params).handle)
  if (!product) notFound()
  const first = product.pictures[0] ?? null
  const src = first && (await pictureOf(first)) ? first.src : PLACEHOLDER
  const focus = first?.focus ?? middle
  const picture = await sharePicture(`${src} ${focus}`, () => mounted({ src, focus }))
  if (!picture) return new Response(null, { status: 503, headers: { 'retry-after': '5' } })
  return new Response(picture, { headers })
}

async function mounted(shown: Shown): Promise<ArrayBuffer> {
  const source = await pictureOf(shown)
  if (!source) throw new Error(`public${shown.src} is missing: npm run build draws it`)
  return new ImageResponse(
    <div
      style={{
        display: 'flex',
        width: '100%',
        height: '100%',
        justifyContent: 'center',
        background: ink,
      }}
    >
      <img src={source} alt="" {...frame} />
    </div>,
    size,
  ).arrayBuffer()
}

/** The picture as a data address; null for a photo from elsewhere or a name that has no file. */
async function pictureOf({ src, focus = middle }: Shown): Promise<string | null> {
  if (photoAt(src)) {
    const photo = await readPhoto(src.slice('/pictures/'.length)).catch(() => null)
    return photo && dataUrl('image/png', await framedPhoto(new Uint8Array(photo), frame, focus))
  }
  if (src !== PLACEHOLDER && !/^\/art\/[a-z0-9-]+\.svg$/.test(src)) return null
  const drawing = await readFile(join(process.cwd(), 'public', src)).catch(() => null)
  return drawing && dataUrl('image/svg+xml', drawing)
}

function dataUrl(type: string, bytes: Buffer): string {
  return `data:${type};base64,${bytes.toString('base64')}`
}
