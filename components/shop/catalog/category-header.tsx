import { Tally } from '@/components/ui/tally'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import type { Category } from '@/lib/domain/products/product'
import { categoryHeaderWords } from './words'

/** More strokes than this are no longer counted at a glance; then the number alone says it. */
const mostStrokes = 20

/** The heading of a category: its picture, its name, its number of products. Renders a `<header>`. */
export function CategoryHeader({ category }: { category: Category }) {
  const products = category.products === 1 ? '1 product' : categoryHeaderWords.products(category.products)
  return (
    <header>
      {category.picture && (
        <img
          src={category.picture}
          alt=""
          width={1600}
          height={800}
          fetchPriority="high"
          className="aspect-[2/1] w-full object-cover object-[50%_82%] desktop:aspect-[5/2]"
        />
      )}
      <div className="page grid items-end gap-x-12 gap-y-4 pt-10 desktop:grid-cols-[2fr_1fr]">
        <Heading level={1} size="display">
          {category.title}
        </Heading>
        <div>
          {category.blurb && <Text size="lead">{category.blurb}</Text>}
          <p className="mt-2 flex items-center gap-3 text-soft">
            {category.products <= mostStrokes && (
              <Tally count={category.products} className="h-5 w-auto text-low" />
            )}
            {products}
          </p>
        </div>
      </div>
    </header>
  )
}
