import { notFound } from 'next/navigation'
import { ImageResponse } from 'next/og'
import { artFor } from '@/lib/domain/art/art-for'
import { INK } from '@/lib/domain/art/colours'
import { drawArt } from '@/lib/domain/art/draw'
import { type Art, artName, parseArtName } from '@/lib/domain/art/name'
import { findProduct } from '@/lib/server/catalog'
import { sharePicture } from '@/lib/server/share-pictures'

export const size = { width: 1200, height: 630 }
export const contentType = 'image/png'
export const alt = 'The product, drawn'

/** For an hour, because another picture may come first by then; a crawler may use it for a day while it asks again. */
const headers = {
  'content-type': contentType,
  'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
}

/** The picture for links to the product in other places: its drawing, mounted on the shop's ink. Drawn once per drawing. */
export default async function ProductShareImage({ params }: { params: Promise<{ handle: string }> }) {
  const product = await findProduct((await params).handle)
  if (!product) notFound()
  const drawn = parseArtName(product.pictures[0]?.src.replace(/^\/art\//, '') ?? '')
  const art = drawn ?? artFor({ ...product, category: product.category.title })
  const picture = await sharePicture(artName(art), () => mounted(art))
  if (!picture) return new Response(null, { status: 503, headers: { 'retry-after': '5' } })
  return new Response(picture, { headers })
}

function mounted(art: Art): Promise<ArrayBuffer> {
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
  ).arrayBuffer()
}
