'use client'

import { createContext, useContext } from 'react'
import type { ProductSheet } from '@/lib/domain/products/editing/sheet'
import type { Difference, Texts } from '@/lib/domain/products/editing/three-way'
import type { Category } from '@/lib/domain/stock/place'

/** A field's new text, or how it follows from the one it has. */
export type NewText = string | ((text: string) => string)

/** The context that the fields of a product's form share. */
export interface Editing {
  sheet: ProductSheet
  categories: readonly Category[]
  texts: Texts
  set: (field: string, text: NewText) => void
  problems: Readonly<Record<string, string>>
  /** Fields that another staff member has changed since, to other values than here. */
  contested: ReadonlyMap<string, Difference>
  /** The other staff member in a field. */
  editorIn: (field: string) => string | undefined
}

const EditContext = createContext<Editing | null>(null)
export const EditProvider = EditContext.Provider

export function useEditing(): Editing {
  const editing = useContext(EditContext)
  if (!editing) throw new Error('a field of a product outside of its form')
  return editing
}
