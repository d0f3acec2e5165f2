import { Link } from '@/components/ui/link'
import type { Category } from '@/lib/domain/products/product'

/** What a search shows instead of products: why, and where else to look. Renders a `<div>`. */
export function NothingFound({ words, categories }: { words: string; categories: readonly Category[] }) {
  return (
    <div className="grid items-center gap-10 tablet:grid-cols-2">
      <div>
        <h2 className="display text-heading">
          {words === '' ? 'What are you looking for?' : 'No products found.'}
        </h2>
        <p className="mt-4 max-w-prose">
          {words === ''
            ? 'Search by product, material or maker.'
            : `Nothing matches “${words}”. Try fewer words, or browse a category:`}
        </p>
        <ul className="mt-6 flex flex-wrap gap-x-6 gap-y-2">
          {categories.map(({ slug, title }) => (
            <li key={slug}>
              <Link href={`/category/${slug}`} className="underlined">
                {title}
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <img
        src="/art/still-life-sky-indigo-11.svg"
        alt=""
        width={600}
        height={750}
        className="w-full max-w-sm justify-self-center"
      />
    </div>
  )
}
