import fc from 'fast-check'
import { expect, test } from 'vitest'
import { descriptionHtml, descriptionText } from '@/lib/domain/editing/description'
import { toSafeHtml } from '@/lib/domain/import/safe-html'

test('paragraphs are typed as they are read, with blank lines between them', () => {
  const html = '<p>Thrown in Delft &amp; glazed twice.</p><p>Holds &lt; 1 l.</p>'

  expect(descriptionText(html)).toBe('Thrown in Delft & glazed twice.\n\nHolds < 1 l.')
  expect(descriptionHtml('Thrown in Delft & glazed twice.\n\n\nHolds < 1 l.')).toBe(html)
})

test('a description that is more than paragraphs is shown as the HTML it is', () => {
  for (const html of ['<ul><li>Oak</li></ul>', '<p>See <a href="https://x.test/">here</a></p>', 'no tags'])
    expect(descriptionText(html)).toBe(html)
  expect(descriptionHtml('<ul><li>Oak</li></ul>')).toBe('<ul><li>Oak</li></ul>')
})

test('opening a description and saving it untouched changes nothing, whatever it says', () => {
  const piece = fc.constantFrom(
    '<p>',
    '</p>',
    '<em>',
    '</em>',
    'oak',
    ' ',
    '\n',
    '\n\n',
    '&',
    '&amp;',
    '<',
    '"',
    '<br>',
  )
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const html = toSafeHtml(pieces.join(''))
      expect(toSafeHtml(descriptionHtml(descriptionText(html)))).toBe(html)
    }),
  )
})
