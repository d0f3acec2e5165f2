import type { Route } from 'next'
import { statusWords } from '@/components/staff/products/words'
import { WayBack } from '@/components/staff/shell/way-back'
import { Link } from '@/components/ui/link'
import type { ProductSheet } from '@/lib/domain/products/editing/sheet'
import { editorHeadWords } from './words'

/** The product, its other editors, and their latest change. Renders a `<header>`. */
export function EditorHead({
  sheet,
  mayEdit,
  names,
  news,
}: {
  sheet: Pick<ProductSheet, 'title' | 'status' | 'handle'>
  mayEdit: boolean
  /** Of the colleagues who have it open. */
  names: readonly string[]
  news: string | null
}) {
  return (
    <header className="grid gap-2">
      <WayBack href="/staff/products">{editorHeadWords.products}</WayBack>
      <h1 className="display text-heading">{sheet.title}</h1>
      <div className="flex min-h-6 flex-wrap gap-x-4 text-small text-soft">
        <p>{statusWords[sheet.status]}</p>
        {sheet.status === 'active' && (
          <Link href={`/products/${sheet.handle}` as Route} className="underlined text-link">
            {editorHeadWords.viewInShop}
          </Link>
        )}
        {!mayEdit && <p>{editorHeadWords.onlyManagersCanEditProducts}</p>}
        <p role="status" className="empty:hidden">
          {names.length > 0 && editorHeadWords.alsoHere(names.join(', '))}
        </p>
        <p role="status" className="text-ink empty:hidden">
          {news}
        </p>
      </div>
    </header>
  )
}
