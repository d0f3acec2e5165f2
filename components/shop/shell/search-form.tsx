import { SuggestInput } from '@/components/shop/search/suggest-input'
import { searchFormWords } from './words'

/** A plain GET form to the search page: works before and without JavaScript, with it the field suggests products. Renders a `<form role="search">`. */
export function SearchForm({
  label,
  words = '',
  size = 'small',
}: {
  /** Tells this search from another one on the page. */
  label: string
  words?: string
  size?: 'small' | 'large'
}) {
  const isLarge = size === 'large'
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not announced by every screen reader yet.
    <form
      action="/search"
      role="search"
      aria-label={label}
      className="relative flex border-field border-b focus-within:border-ink"
    >
      <div className="min-w-0 grow">
        <SuggestInput
          type="search"
          name="q"
          defaultValue={words}
          aria-label={searchFormWords.whatAreYouLookingFor}
          placeholder={searchFormWords.searchProducts}
          enterKeyHint="search"
          maxLength={120}
          className={`w-full bg-transparent py-1.5 outline-offset-4 placeholder:text-soft ${isLarge ? 'display text-heading leading-snug' : 'text-small'}`}
        />
      </div>
      <button
        type="submit"
        className={`shrink-0 px-2 font-medium hover:underline ${isLarge ? 'text-body' : 'text-small'}`}
      >
        {searchFormWords.search}
      </button>
    </form>
  )
}
