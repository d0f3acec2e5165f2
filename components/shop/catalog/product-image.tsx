import { isDrawing, PLACEHOLDER } from '@/lib/domain/products/picture'
import type { Picture } from '@/lib/domain/products/product'

/** An address as CSS takes it, or null when it is none. Parsing encodes quotes; a backslash would begin an escape. */
function cssUrl(src: string): string | null {
  return URL.canParse(src) ? `url("${new URL(src).href.replaceAll('\\', '%5C')}")` : null
}

/**
 * A product's picture, four to five. A photo from elsewhere is laid over the placeholder as a background, which
 * paints once it has loaded and leaves the placeholder alone when it cannot be reached. No script, no
 * broken image, nothing moves. Renders a `<span>`.
 */
export function ProductImage({
  product,
  picture,
  priority = false,
}: {
  /** The title is the text of a picture without one. */
  product: { title: string }
  picture: Picture | null
  /** For the picture a page opens with: fetched at once. */
  priority?: boolean
}) {
  const photo = picture && !isDrawing(picture.src) ? cssUrl(picture.src) : null
  const drawing = picture && isDrawing(picture.src) ? picture.src : PLACEHOLDER
  return (
    <span className="relative block aspect-[4/5] overflow-hidden bg-sunken">
      <img
        src={drawing}
        alt={picture?.alt || product.title}
        width={600}
        height={750}
        loading={priority ? 'eager' : 'lazy'}
        fetchPriority={priority ? 'high' : 'auto'}
        decoding="async"
        className="size-full object-cover"
      />
      {photo && (
        <span className="absolute inset-0 [content-visibility:auto]">
          <span className="block size-full bg-center bg-cover" style={{ backgroundImage: photo }} />
        </span>
      )}
    </span>
  )
}
