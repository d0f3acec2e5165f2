import { CartLink } from '@/components/shop/cart/cart-link'
import { Link } from '@/components/ui/link'
import type { Category } from '@/lib/domain/products/product'
import { SearchForm } from './search-form'
import { Wordmark } from './wordmark'
import { siteHeaderWords } from './words'

/** Further categories are in the footer; one line has no room for them. */
const inTheBar = 6

/** The top of every shop page: the name, the categories, the search. Renders a `<header>`. */
export function SiteHeader({ name, categories }: { name: string; categories: readonly Category[] }) {
  return (
    <header className="border-line border-b">
      <div className="page flex flex-wrap items-center gap-x-2 gap-y-3 py-4 tablet:gap-x-8 tablet:py-5">
        <Link href="/" className="mr-auto text-title desktop:mr-4">
          <Wordmark name={name} />
        </Link>
        <nav
          aria-label={siteHeaderWords.categories}
          className="order-last -mx-2 w-full overflow-x-auto desktop:order-none desktop:w-auto"
        >
          <ul className="flex gap-x-1 text-small">
            {categories.slice(0, inTheBar).map(({ slug, title }) => (
              <li key={slug}>
                <Link
                  href={`/category/${slug}`}
                  className="block whitespace-nowrap px-2 py-1.5 hover:underline"
                >
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="hidden w-64 tablet:block desktop:ml-auto">
          <SearchForm label={siteHeaderWords.allProducts} />
        </div>
        <div className="-mr-1.5 flex items-center tablet:-mr-2 tablet:gap-x-2">
          <Link
            href="/search"
            className="flex min-h-11 items-center px-1.5 text-small hover:underline tablet:hidden"
          >
            {siteHeaderWords.search}
          </Link>
          <Link
            href="/account"
            className="flex min-h-11 items-center px-1.5 text-small hover:underline tablet:px-2"
          >
            {siteHeaderWords.account}
          </Link>
          <CartLink />
        </div>
      </div>
    </header>
  )
}
