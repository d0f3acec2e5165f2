import { Heading } from '@/components/ui/text/heading'
import { TextLink } from '@/components/ui/text/text-link'
import type { Category } from '@/lib/domain/products/product'
import { nothingFoundWords } from './words'

/** The empty result of a search: the reason, and other places to look. Renders a `<div>`. */
export function NothingFound({ words, categories }: { words: string; categories: readonly Category[] }) {
  return (
    <div className="grid items-center gap-10 tablet:grid-cols-2">
      <div>
        <Heading level={2} size="heading">
          {words === '' ? nothingFoundWords.whatAreYouLookingFor : nothingFoundWords.noProductsFound}
        </Heading>
        <p className="mt-4 max-w-prose">
          {words === ''
            ? nothingFoundWords.searchByProductMaterialOr
            : nothingFoundWords.nothingMatchesTryFewerWords(words)}
        </p>
        <ul className="mt-6 flex flex-wrap gap-x-6 gap-y-2">
          {categories.map(({ slug, title }) => (
            <li key={slug}>
              <TextLink href={`/category/${slug}`}>{title}</TextLink>
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
