import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '@/commands/root'
import { screenTexts } from '@/tests/support/prose/screen'

// Texts for readers are in the words.ts of each folder. The hero is the brand's and keeps its own.
const brand = 'components/shop/catalog/hero.tsx'

test('a component takes its texts from the words.ts beside it', () => {
  const listed = execFileSync('git', ['ls-files', 'app', 'components'], { cwd: ROOT }).toString().split('\n')
  const components = listed.filter((file) => file.endsWith('.tsx') && file !== brand)
  const places = components.flatMap((file) =>
    screenTexts(readFileSync(join(ROOT, file), 'utf8')).map(({ line, text }) => `${file}:${line} "${text}"`),
  )
  expect(places, 'Move these texts to the words.ts of their folder').toEqual([])
})

test.each([
  ['between tags', '<p>Your cart is empty.</p>', 'Your cart is empty.'],
  ['before a value', '<p>Order {number}</p>', 'Order'],
  ['after a value', '<p>{count} of them</p>', 'of them'],
  ['in an attribute', '<input aria-label="Quantity" />', 'Quantity'],
  ['in an expression', "<p>{isBusy ? 'Saving…' : null}</p>", 'Saving…'],
  ['in a template', '<p>{`Remove: $' + '{name}`}</p>', 'Remove: …'],
])('a text %s is found', (_, source, text) => {
  expect(screenTexts(source).map((found) => found.text)).toContain(text)
})

test('classes, addresses, keys and types are no texts', () => {
  const code = `<Link<Route> href="/staff" className="flex gap-3" onKeyDown={(e) => e.key === 'Enter' && go()} />`
  expect(screenTexts(code)).toEqual([])
})
