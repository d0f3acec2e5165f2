import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Label {
  search: string
  meant: readonly string[]
  near: readonly string[]
}

/**
 * Searches and the products a person looks for with them, among the seed and the two real catalogues. A line of the file: the
 * search, the products that are meant, and after "~" those that are near enough to be shown below them.
 */
export const labelled: Label[] = readFileSync(join(import.meta.dirname, 'labels.txt'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => {
    const [search = '', products = ''] = line.split(' > ')
    const [meant = '', near = ''] = products.split('~')
    const handles = (text: string) => text.split(' ').filter(Boolean)
    return { search, meant: handles(meant), near: handles(near) }
  })
