import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_DESCRIPTION, toSafeHtml } from '@/lib/domain/imports/reading/safe-html'

/** The rules of private.is_safe_html for a description, in TypeScript. */
const unsafe = /<(?!\/?(p|ul|ol|li|strong|em|h3|h4)>|br \/>|a href="https?:\/\/[^"<>]*">|\/a>)/

test.for([
  ['A bowl.', '<p>A bowl.</p>'],
  ['<p>A <b>big</b> <i>bowl</i></p>', '<p>A <strong>big</strong> <em>bowl</em></p>'],
  ['<h1>Bowl</h1><div>Fired twice</div>', '<h3>Bowl</h3><p>Fired twice</p>'],
  ['<p onclick="x()" style="color:red">Hi<br>there</p>', '<p>Hi<br />there</p>'],
  ['<p>Hi</p><script>alert(1)</script><style>p{}</style>', '<p>Hi</p>'],
  ['<img src=x onerror=alert(1)>', ''],
  ['<p><a href="javascript:alert(1)">here</a></p>', '<p>here</p>'],
  ['<p><a href="/pages/old">here</a></p>', '<p>here</p>'],
  [
    '<p><a href="https://clay.example/a?b=1&c" target=_blank>here</a></p>',
    '<p><a href="https://clay.example/a?b=1&amp;c">here</a></p>',
  ],
  ['5 < 6 & 7 > 2', '<p>5 &lt; 6 &amp; 7 &gt; 2</p>'],
  ['', ''],
] as [string, string][])('%j becomes %j', ([html, safe]) => {
  expect(toSafeHtml(html)).toBe(safe)
})

const markup = fc.array(
  fc.oneof(
    fc.string(),
    fc.constantFrom(
      '<p>',
      '</p>',
      '<b>',
      '<script>',
      '</script>',
      '<a href="',
      '">',
      '</a>',
      "<a href='https://x/\"><img>'>",
      '<svg/onload=1>',
      '<!--',
      '-->',
      '&lt;',
      '<li>',
      '<br>',
      '<div>',
      '\0',
    ),
  ),
  { maxLength: 12 },
)

test('nothing but the allowed tags comes out, whatever goes in', () => {
  fc.assert(
    fc.property(markup, (parts) => {
      expect(toSafeHtml(parts.join(''))).not.toMatch(unsafe)
    }),
  )
})

test('divisions unfold into paragraphs', () => {
  expect(toSafeHtml('<div><p>One</p><div>Two</div></div>')).toBe('<p>One</p><p>Two</p>')
})

test('a description made safe stays as it is when it is made safe again', () => {
  fc.assert(
    fc.property(markup, (parts) => {
      const once = toSafeHtml(parts.join(''))
      expect(toSafeHtml(once)).toBe(once)
    }),
  )
})

test.for(['<div>', '<b><i>', '<ul><li>', '<em>', '<b></i>'])(
  'tags without an end (%s) cost no more than their number: their depth is bounded',
  (tags) => {
    const html = toSafeHtml(tags.repeat(100_000))

    expect(html.match(/<(?!\/)/g)?.length ?? 0).toBeLessThanOrEqual(33)
  },
)

test('a description is read up to its bound, however long it is', () => {
  expect(toSafeHtml('a'.repeat(600_000))).toHaveLength(MAX_DESCRIPTION + '<p></p>'.length)
})
