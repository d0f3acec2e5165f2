import type { StagedPicture } from '@/lib/domain/imports/staged-product'
import type { CatalogueRow } from './catalogue-columns'
import { readPicture, readPosition } from './cells/picture'
import { optionValueKeys } from './read-options'

/**
 * A product's pictures in the order of their positions, each address once; null when its rows name none. A picture
 * that several variants share shows the first of them.
 */
export function readMedia(rows: CatalogueRow[], optionNames: string[]): StagedPicture[] | null {
  const pictures = new Map<string, StagedPicture>()
  for (const { src, alt } of rows.flatMap(readImage).toSorted((a, b) => a.position - b.position)) {
    if (!pictures.has(src)) pictures.set(src, { src, alt, option_values: null })
  }
  for (const row of rows) {
    const src = row.text('variantImage') && row.read('variantImage', readPicture)
    if (!src) continue
    const picture = pictures.get(src) ?? { src, alt: '', option_values: null }
    if (optionNames.length > 0) picture.option_values ??= valuesOf(row, optionNames)
    pictures.set(src, picture)
  }
  return pictures.size > 0 ? [...pictures.values()] : null
}

function readImage(row: CatalogueRow): { src: string; alt: string; position: number }[] {
  if (row.text('imageSrc') === '') return []
  const src = row.read('imageSrc', readPicture)
  const position = row.read('imagePosition', readPosition) ?? Number.MAX_SAFE_INTEGER
  return src ? [{ src, alt: row.text('imageAlt').slice(0, 512), position }] : []
}

function valuesOf(row: CatalogueRow, optionNames: string[]): string[] {
  return optionValueKeys.slice(0, optionNames.length).map((key) => row.text(key))
}
