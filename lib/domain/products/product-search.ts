import { z } from 'zod'
import { PageNumber } from '@/lib/domain/core/page-number'
import { SearchText } from './search-text'

export const searchSorts = ['relevance', 'best_selling', 'newest', 'price', 'price_down', 'few_left'] as const

/** Choices of one search; more narrow nothing down that a person would notice. */
const MOST_CHOICES = 10

/** A price in major units as people type it: 20, 19.90, 19,90; '' where it is none. */
const TypedPrice = z
  .string()
  .trim()
  .regex(/^\d{1,7}([.,]\d{1,2})?$/)
  .transform((text) => text.replace(',', '.'))
  .catch('')

const choicesIn = (asked: unknown) =>
  (Array.isArray(asked) ? asked : [asked])
    .filter(
      (choice): choice is string => typeof choice === 'string' && /^[^=]{1,100}=.{1,100}$/su.test(choice),
    )
    .slice(0, MOST_CHOICES)

/** A search as it appears in the URL. Unreadable values count as not set. */
export const ProductSearch = z.object({
  q: SearchText,
  category: z
    .string()
    .regex(/^[a-z0-9-]{1,100}$/)
    .catch(''),
  from: TypedPrice,
  to: TypedPrice,
  stock: z.enum(['1', '']).catch(''),
  /** As "Colour=Blue". */
  choice: z
    .union([z.string(), z.array(z.string())])
    .catch([])
    .transform((asked) => [...new Set(choicesIn(asked))].sort()),
  sort: z.enum(searchSorts).catch('relevance'),
  page: PageNumber,
})
export type ProductSearch = z.output<typeof ProductSearch>

/** The parameters of a search in one order, without those that are not set. */
export function searchParameters({ choice, sort, page, ...texts }: ProductSearch): URLSearchParams {
  const query = new URLSearchParams(Object.entries(texts).filter(([, value]) => value !== ''))
  for (const each of choice) query.append('choice', each)
  if (sort !== 'relevance') query.set('sort', sort)
  if (page > 1) query.set('page', String(page))
  return query
}

/** Whether anything is asked for. */
export function isSearch({ q, category }: ProductSearch): boolean {
  return q !== '' || category !== ''
}

/** Whether a search is narrowed by a filter. */
export function isNarrowed({ category, from, to, stock, choice }: ProductSearch): boolean {
  return [category, from, to, stock, ...choice].some((value) => value !== '')
}

/** The list of a category, or of all products, as the address of its page asks for it. */
export function listedProducts(asked: Record<string, unknown>, category?: string): ProductSearch {
  return ProductSearch.parse({ ...asked, q: '', ...(category !== undefined && { category }) })
}

/** Whether a list is in the shop's order and narrowed by nothing but the category of its page. */
export function isPlainList(list: ProductSearch, category = ''): boolean {
  return list.category === category && list.sort === 'relevance' && !isNarrowed({ ...list, category: '' })
}

/** The address of a page of a list; `path` is that of a category, or of the home page. */
export function listAddress(path: string, list: ProductSearch): string {
  const query = searchParameters({ ...list, category: path === '/' ? list.category : '' })
  return query.size > 0 ? `${path}?${query}` : path
}
