import { photoAt } from '@/lib/domain/products/photo'
import { isDrawing } from '@/lib/domain/products/picture'
import type { Product } from '@/lib/domain/products/product'
import { ProductImage } from './product-image'
import { galleryWords } from './words'

/**
 * The pictures of a product: a strip to swipe, each picture enlarged on request, and links to the others. It runs no
 * script: the strip scrolls, the links name a place in it, and the browser opens and closes the enlarged picture.
 */
export function Gallery({ product, pictures }: { product: Product; pictures: Product['pictures'] }) {
  if (pictures.length === 0) return <ProductImage product={product} picture={null} place="page" priority />
  const isOne = pictures.length === 1
  return (
    <section className="gallery" aria-label={galleryWords.picturesOf(product.title)}>
      <ul {...(!isOne && { tabIndex: 0, 'aria-label': galleryWords.strip })}>
        {pictures.map((picture, index) => (
          <li key={picture.src} id={`picture-${index + 1}`}>
            <ProductImage product={product} picture={picture} place="page" priority={index === 0} />
            <Enlarged product={product} picture={picture} number={index + 1} />
          </li>
        ))}
      </ul>
      {!isOne && (
        <ol>
          {pictures.map((picture, index) => (
            <li key={picture.src}>
              <a href={`#picture-${index + 1}`} aria-label={galleryWords.show(index + 1)}>
                <ProductImage product={{ title: '' }} picture={{ ...picture, alt: '' }} place="small" />
              </a>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

/** The button over a picture and the picture in its full size; nothing for a photo from elsewhere, which may not load. */
function Enlarged({
  product,
  picture,
  number,
}: {
  product: Product
  picture: Product['pictures'][number]
  number: number
}) {
  const photo = photoAt(picture.src)
  if (!photo && !isDrawing(picture.src)) return null
  const id = `enlarged-${number}`
  return (
    <>
      <button type="button" popoverTarget={id} aria-label={galleryWords.enlarge(number)} />
      <div popover="auto" id={id}>
        <button type="button" popoverTarget={id} popoverTargetAction="hide">
          {galleryWords.close}
        </button>
        <img
          src={picture.src}
          alt={picture.alt || product.title}
          width={photo?.width ?? 1200}
          height={photo?.height ?? 1500}
          loading="lazy"
        />
      </div>
    </>
  )
}
