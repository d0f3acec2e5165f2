'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { type RefObject, useState } from 'react'
import { OptionList } from '@/components/ui/forms/option-list'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { useSuggestions } from '@/lib/client/documents/use-suggestions'
import { useCombobox } from '@/lib/client/hooks/use-combobox'
import { suggestionsWords } from './words'

/** Products for the text of a search field. Renders a listbox below the field. */
export function Suggestions({ field }: { field: RefObject<HTMLInputElement | null> }) {
  const router = useRouter()
  const [text, setText] = useState(field.current?.value ?? '')
  const products = useSuggestions(text)
  const { id, isShown, chosen, take } = useCombobox(field, {
    options: products.length,
    onType: setText,
    onTake: (at) => router.push(`/products/${products[at]?.handle}` as Route),
  })
  return (
    <>
      <VisuallyHidden role="status">{isShown && suggestionsWords.found(products.length)}</VisuallyHidden>
      {isShown && (
        <OptionList
          id={id}
          label={suggestionsWords.products}
          options={products.map(({ handle, title }) => ({ key: handle, text: title }))}
          chosen={chosen}
          onChoose={take}
        />
      )}
    </>
  )
}
