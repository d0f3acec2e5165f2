import { Link } from '@/components/ui/link'
import { Text } from '@/components/ui/text/text'
import type { Category } from '@/lib/domain/products/product'

/** The categories with a picture, as links. Renders a `<ul>`. */
export function CategoryTiles({ categories }: { categories: readonly Category[] }) {
  const tiles = categories.filter(({ picture }) => picture !== '')
  return (
    <ul className="grid grid-cols-2 gap-x-4 gap-y-8 tablet:grid-cols-6 tablet:gap-x-8">
      {tiles.map(({ slug, title, blurb, picture }, i) => (
        <li
          key={slug}
          className={
            i === 0 ? 'col-span-2 tablet:col-span-3' : i === 1 ? 'tablet:col-span-3' : 'tablet:col-span-2'
          }
        >
          <Link href={`/category/${slug}`} className="group block">
            <img
              src={picture}
              alt=""
              width={1600}
              height={800}
              loading="lazy"
              decoding="async"
              className="aspect-[3/2] w-full object-cover tablet:aspect-[2/1]"
            />
            <span className="display mt-3 block text-title group-hover:underline">{title}</span>
            <Text as="span" size="small" tone="soft" block>
              {blurb}
            </Text>
          </Link>
        </li>
      ))}
    </ul>
  )
}
