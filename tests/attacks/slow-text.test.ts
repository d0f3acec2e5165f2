import { expect, test } from 'vitest'
import { localPath } from '@/lib/domain/core/local-path'
import { parseFile } from '@/lib/domain/imports/reading/parse-file'
import { toSafeHtml } from '@/lib/domain/imports/reading/safe-html'
import { descriptionHtml, descriptionText } from '@/lib/domain/products/editing/description'
import { plainText } from '@/lib/domain/text/plain-text'

/** 600 kB of what could make a reader of text slow. */
const SIZE = 600_000
const texts = [
  '<div>',
  '<b><i>',
  '<',
  '<a href="x">',
  '</p>',
  '<!--',
  '&amp',
  ' ',
  '\n ',
  '<p>',
  'a ',
  '"a",',
  '<p',
  '&#',
  './',
  'é\u0301',
  '<svg><script>',
]

const readers: [name: string, read: (text: string) => unknown][] = [
  ['toSafeHtml', toSafeHtml],
  ['plainText', (text) => plainText(text, 160)],
  ['descriptionText', descriptionText],
  ['descriptionHtml', descriptionHtml],
  ['localPath', (text) => localPath(`/${text}`, '/')],
  ['parseFile', (text) => parseFile(new TextEncoder().encode(`Handle,Title\n${text}`), 'EUR')],
]

test.for(readers)('%s reads 600 kB of anything within a second', { timeout: 600_000 }, ([, read]) => {
  const slow: string[] = []
  for (const text of texts) {
    // Half of it first: what takes long there already need not be waited for.
    for (const size of [SIZE / 8, SIZE]) {
      const begun = process.cpuUsage()
      try {
        read(text.repeat(size / text.length))
      } catch {
        // Too much is a good answer.
      }
      // Of the processor: what else the machine does is none of the reader's fault.
      const took = process.cpuUsage(begun).user / 1000
      if (took > 1000) {
        slow.push(`${size / 1000} kB of ${JSON.stringify(text)}: ${Math.round(took)} ms`)
        break
      }
    }
  }
  expect(slow).toEqual([])
})
