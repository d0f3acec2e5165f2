import { Tally } from '@/components/ui/tally'
import { categoryScene } from '@/lib/domain/products/category-scene'
import type { Category } from '@/lib/domain/products/product'
import { categoryHeaderWords } from './words'

/** More strokes than this are no longer counted at a glance; then the number alone says it. */
const mostStrokes = 20

/** The opening of an aisle: its picture if it has one, its name, how much is in it. Renders a `<header>`. */
export function CategoryHeader({ category }: { category: Category }) {
  const scene = categoryScene(category.slug)
  const things = category.products === 1 ? '1 product' : categoryHeaderWords.products(category.products)
  return (
    <header>
      {scene && (
        <img
          src={scene}
          alt=""
          width={1600}
          height={800}
          fetchPriority="high"
          className="aspect-[2/1] w-full object-cover object-[50%_82%] desktop:aspect-[5/2]"
        />
      )}
      <div className="page grid items-end gap-x-12 gap-y-4 pt-10 desktop:grid-cols-[2fr_1fr]">
        <h1 className="display text-display">{category.title}</h1>
        <div>
          {category.blurb && <p className="text-lead">{category.blurb}</p>}
          <p className="mt-2 flex items-center gap-3 text-soft">
            {category.products <= mostStrokes && (
              <Tally count={category.products} className="h-5 w-auto text-low" />
            )}
            {things}
          </p>
        </div>
      </div>
    </header>
  )
}
