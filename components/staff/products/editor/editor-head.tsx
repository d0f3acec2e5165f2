import type { Route } from 'next'
import { statusWords } from '@/components/staff/products/words'
import { WayBack } from '@/components/staff/shell/way-back'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
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
  /** Of the other staff members with this product open. */
  names: readonly string[]
  news: string | null
}) {
  return (
    <Stack as="header" gap={2}>
      <WayBack href="/staff/products">{editorHeadWords.products}</WayBack>
      <Heading level={1}>{sheet.title}</Heading>
      <div className="flex min-h-6 flex-wrap gap-x-4 text-small text-soft">
        <p>{statusWords[sheet.status]}</p>
        {sheet.status === 'active' && (
          <TextLink tone="link" href={`/products/${sheet.handle}` as Route}>
            {editorHeadWords.viewInShop}
          </TextLink>
        )}
        {!mayEdit && <p>{editorHeadWords.onlyManagersCanEditProducts}</p>}
        <Text hidesEmpty role="status">
          {names.length > 0 && editorHeadWords.alsoHere(names.join(', '))}
        </Text>
        <Text tone="ink" hidesEmpty role="status">
          {news}
        </Text>
      </div>
    </Stack>
  )
}
