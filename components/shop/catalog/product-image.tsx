import { focusOf, photoAt } from '@/lib/domain/products/photo'
import { isDrawing, PLACEHOLDER } from '@/lib/domain/products/picture'
import type { Picture } from '@/lib/domain/products/product'

/** An address as CSS takes it, or null when it is none. Parsing encodes quotes; a backslash would begin an escape. */
function cssUrl(src: string): string | null {
  return URL.canParse(src) ? `url("${new URL(src).href.replaceAll('\\', '%5C')}")` : null
}

/** The widths of a picture in its places, as `sizes` says them. */
const sizes = {
  card: '(min-width: 64rem) 22rem, (min-width: 40rem) 33vw, 50vw',
  small: '4rem',
  page: '(min-width: 64rem) 55vw, (min-width: 40rem) 50vw, 100vw',
}

/**
 * A product's picture, four to five. A photo of ours comes in the width of its place. A photo from elsewhere is laid over
 * the placeholder as a background, which paints once it has loaded and leaves the placeholder alone when it cannot be
 * reached. No script, no broken image, nothing moves. Renders a `<span>`.
 */
export function ProductImage({
  product,
  picture,
  place = 'card',
  priority = false,
}: {
  /** The title is the text of a picture without one. */
  product: { title: string }
  picture: Picture | null
  place?: keyof typeof sizes
  /** For the picture a page opens with: fetched at once. */
  priority?: boolean
}) {
  const photo = picture && photoAt(picture.src)
  const isOwn = photo !== null || (picture !== null && isDrawing(picture.src))
  const elsewhere = picture && !isOwn ? cssUrl(picture.src) : null
  return (
    <span className="relative block aspect-[4/5] overflow-hidden bg-sunken">
      <img
        src={picture && isOwn ? picture.src : PLACEHOLDER}
        {...(photo && { srcSet: photo.srcset, sizes: sizes[place] })}
        alt={picture?.alt || product.title}
        width={photo?.width ?? 600}
        height={photo?.height ?? 750}
        loading={priority ? 'eager' : 'lazy'}
        fetchPriority={priority ? 'high' : 'auto'}
        decoding="async"
        className="size-full object-cover"
        {...(picture && photo && { style: { objectPosition: focusOf(picture) } })}
      />
      {elsewhere && (
        <span className="absolute inset-0 [content-visibility:auto]">
          <span className="block size-full bg-center bg-cover" style={{ backgroundImage: elsewhere }} />
        </span>
      )}
    </span>
  )
}
