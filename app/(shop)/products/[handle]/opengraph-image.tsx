import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { notFound } from 'next/navigation'
import { ImageResponse } from 'next/og'
import { productOpengraphImageWords } from '@/app/(shop)/words'
import { isDrawing, PLACEHOLDER } from '@/lib/domain/products/picture'
import { findProduct } from '@/lib/server/products/catalog'
import { sharePicture } from '@/lib/server/products/share-pictures'

export const size = { width: 1200, height: 630 }
export const contentType = 'image/png'
export const alt = productOpengraphImageWords.theProductDrawn

/** As --color-ink in app/globals.css, by day. */
const ink = '#232252'

/** For an hour, because another picture may come first by then; a crawler may use it for a day while it asks again. */
const headers = {
  'content-type': contentType,
  'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
}

/** The picture for links to the product in other places: its drawing, mounted on the shop's ink. Made once per drawing. */
export default async function ProductShareImage({ params }: { params: Promise<{ handle: string }> }) {
  const product = await findProduct((await params).handle)
  if (!product) notFound()
  const first = product.pictures[0]?.src ?? ''
  const src = (await readDrawing(first)) ? first : PLACEHOLDER
  const picture = await sharePicture(src, () => mounted(src))
  if (!picture) return new Response(null, { status: 503, headers: { 'retry-after': '5' } })
  return new Response(picture, { headers })
}

async function mounted(src: string): Promise<ArrayBuffer> {
  const drawing = await readDrawing(src)
  if (!drawing) throw new Error(`public${src} is missing: npm run build draws it`)
  const source = `data:image/svg+xml;base64,${drawing.toString('base64')}`
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
      <img src={source} alt="" width={504} height={630} />
    </div>,
    size,
  ).arrayBuffer()
}

/** A file of public/art; null for a photo from elsewhere or a name that has no file. */
async function readDrawing(src: string): Promise<Buffer | null> {
  if (!isDrawing(src) || !/^\/art\/[a-z0-9-]+\.svg$/.test(src)) return null
  return readFile(join(process.cwd(), 'public', src)).catch(() => null)
}
