'use client'

import { useState } from 'react'
import { editorOf, fieldLabel } from '@/components/staff/products/words'
import type { ProductSheet } from '@/lib/domain/products/editing/sheet'
import { textsOf } from '@/lib/domain/products/editing/texts'
import { differences } from '@/lib/domain/products/editing/three-way'

const list = new Intl.ListFormat('en-GB')

/** The latest change that others made since the page was opened: "Ada changed Title." Null before. */
export function useNews(sheet: ProductSheet, myName: string): string | null {
  const [seen, setSeen] = useState(sheet)
  const [news, setNews] = useState<string | null>(null)
  if (sheet !== seen) {
    const [before, now] = [textsOf(seen), textsOf(sheet)]
    const changes = differences(before, before, now).filter(({ field }) => sheet.editors[field] !== myName)
    setSeen(sheet)
    if (changes.length > 0) {
      const by = Map.groupBy(changes, ({ field }) => editorOf(field, sheet))
      const words = [...by].map(
        ([name, theirs]) =>
          `${name} changed ${list.format(theirs.map(({ field }) => fieldLabel(field, sheet)))}.`,
      )
      setNews(words.join(' '))
    }
  }
  return news
}
