import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '@/commands/root'

// The look of the shop is in components/ui (docs/ui-kit.md). Each other folder has a number of class strings, for
// layouts that occur once; the number only falls.
const ratchet = join(ROOT, 'tests/unit/core/class-strings.json')
const kit = 'components/ui/'
const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
const files = listed
  .toString()
  .split('\n')
  .filter((file) => /^(?:app|components)\/.*\.tsx$/.test(file) && existsSync(join(ROOT, file)))
const folderOf = (file: string) =>
  /^(?:components\/[^/]+\/[^/]+|components\/[^/]+|app\/[^/]+)(?=\/)/.exec(file)?.[0]

test('a component outside components/ui uses the kit instead of a class string', () => {
  const allowed: Record<string, number> = JSON.parse(readFileSync(ratchet, 'utf8'))
  const counts = countsOf(
    files
      .filter((file) => !file.startsWith(kit))
      .map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]),
  )

  const tooMany = Object.entries(counts).filter(([folder, strings]) => strings > (allowed[folder] ?? 0))
  expect(tooMany, 'More class strings than before: docs/ui-kit.md lists the component to use').toEqual([])

  const lowered = Object.entries(allowed).filter(([folder, most]) => (counts[folder] ?? 0) < most)
  if (lowered.length > 0) writeFileSync(ratchet, `${JSON.stringify(counts, null, 2)}\n`)
  expect(lowered, 'Fewer than before: class-strings.json was lowered. Commit it').toEqual([])
})

test('every component of the kit has a line in docs/ui-kit.md', () => {
  const page = readFileSync(join(ROOT, 'docs/ui-kit.md'), 'utf8')
  const components = files
    .filter((file) => file.startsWith(kit))
    .flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^export function ([A-Z]\w*)/gm)].map(
        ([, name]) => name,
      ),
    )

  expect(components.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

test('class strings are counted by folder, in elements and in components', () => {
  const source = '<div className="grid"><Button className={wide} /></div>'
  expect(countsOf([['components/shop/cart/a.tsx', source]])).toEqual({ 'components/shop/cart': 2 })
  expect(countsOf([['app/(shop)/search/page.tsx', '<p>none</p>']])).toEqual({})
})

function countsOf(sources: readonly (readonly [string, string])[]): Record<string, number> {
  const byFolder = Map.groupBy(
    sources.flatMap(([file, text]) =>
      Array.from(text.matchAll(/\sclassName=/g), () => folderOf(file) ?? '.'),
    ),
    (folder) => folder,
  )
  return Object.fromEntries(
    [...byFolder]
      .map(([folder, strings]) => [folder, strings.length] as const)
      .sort(([one], [other]) => one.localeCompare(other)),
  )
}
