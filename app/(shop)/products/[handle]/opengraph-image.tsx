import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { notFound } from 'next/navigation'
import { ImageResponse } from 'next/og'
import { isDrawing, PLACEHOLDER } from '@/lib/domain/picture'
import { findProduct } from '@/lib/server/catalog'

export const size = { width: 1200, height: 630 }
export const contentType = 'image/png'
export const alt = 'The product, drawn'

/** As --color-ink in app/globals.css, by day. */
const ink = '#232252'

/** What is shown where a link to the product is shared: its drawing, mounted on the shop's ink. */
export default async function ProductShareImage({ params }: { params: Promise<{ handle: string }> }) {
  const product = await findProduct((await params).handle)
  if (!product) notFound()
  const picture = product.pictures[0]?.src ?? ''
  const drawing = (await readDrawing(picture)) ?? (await readDrawing(PLACEHOLDER))
  if (!drawing) notFound()
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
  )
}

/** A file of public/art; null for a photo from elsewhere or a name that has no file. */
async function readDrawing(src: string): Promise<Buffer | null> {
  if (!isDrawing(src) || !/^\/art\/[a-z0-9-]+\.svg$/.test(src)) return null
  return readFile(join(process.cwd(), 'public', src)).catch(() => null)
}
