import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toSafeHtml } from '@/lib/domain/imports/reading/safe-html'
import { descriptionHtml, descriptionText } from '@/lib/domain/products/editing/description'

test('paragraphs and lists are typed as they are read', () => {
  const html =
    '<p>Glazed twice &amp; signed.</p><p>Holds &lt; 1 l.</p><ul><li>Stoneware</li><li>31 cm</li></ul>'
  const text = 'Glazed twice & signed.\n\nHolds < 1 l.\n\n- Stoneware\n- 31 cm'

  expect(descriptionText(html)).toBe(text)
  expect(descriptionHtml(text)).toBe(html)
  expect(descriptionHtml(text.replaceAll('\n\n', '\n \n\n'))).toBe(html)
})

test('a description that is more than that is shown as the HTML it is', () => {
  for (const html of ['<ol><li>Oak</li></ol>', '<p>See <a href="https://x.test/">here</a></p>', 'no tags'])
    expect(descriptionText(html)).toBe(html)
  expect(descriptionHtml('<ol><li>Oak</li></ol>')).toBe('<ol><li>Oak</li></ol>')
})

test('opening a description and saving it untouched changes nothing, whatever it says', () => {
  const fragment = fc.constantFrom(
    '<p>',
    '</p>',
    '<em>',
    '</em>',
    '<ul>',
    '</ul>',
    '<li>',
    '- ',
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
    fc.property(fc.array(fragment), (fragments) => {
      const html = toSafeHtml(fragments.join(''))
      expect(toSafeHtml(descriptionHtml(descriptionText(html)))).toBe(html)
    }),
  )
})
