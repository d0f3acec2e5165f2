import { notFound } from 'next/navigation'
import { ImageResponse } from 'next/og'
import { artFor } from '@/lib/domain/art/art-for'
import { INK } from '@/lib/domain/art/colours'
import { drawArt } from '@/lib/domain/art/draw'
import { parseArtName } from '@/lib/domain/art/name'
import { findProduct } from '@/lib/server/catalog'

export const size = { width: 1200, height: 630 }
export const contentType = 'image/png'
export const alt = 'The product, drawn'

/** What is shown where a link to the product is shared: its drawing, mounted on the shop's ink. */
export default async function ProductShareImage({ params }: { params: Promise<{ handle: string }> }) {
  const product = await findProduct((await params).handle)
  if (!product) notFound()
  const drawn = parseArtName(product.pictures[0]?.src.replace(/^\/art\//, '') ?? '')
  const art = drawn ?? artFor({ ...product, category: product.category.title })
  const source = `data:image/svg+xml;base64,${Buffer.from(drawArt(art)).toString('base64')}`
  return new ImageResponse(
    <div
      style={{
        display: 'flex',
        width: '100%',
        height: '100%',
        justifyContent: 'center',
        background: INK,
      }}
    >
      <img src={source} alt="" width={504} height={630} />
    </div>,
    size,
  )
}
