import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '@/commands/root'
import { type Accent, accents, grounds } from '@/lib/domain/settings/look'
import { contrast, hexOf, type Oklch } from './contrast'

const css = readFileSync(join(ROOT, 'app/globals.css'), 'utf8')
const theme = /@theme \{([^}]*)\}/.exec(css)?.[1] ?? ''
const others = /html:is\(\s*\[data-accent[^{]*\{([^}]*)\}/.exec(css)?.[1] ?? ''
const schemes = ['light', 'dark'] as const

/** The values of a declaration such as `--color-ink: light-dark(oklch(…), oklch(…))`, in both schemes. */
function coloursIn(
  block: string,
  hue: string,
  chroma: string,
): Record<string, Record<'light' | 'dark', Oklch>> {
  const declared = [...block.matchAll(/--color-([\w-]+): ([^;]+);/g)]
  return Object.fromEntries(
    declared.flatMap(([, name = '', value = '']) => {
      const written = value
        .replaceAll('var(--hue)', hue)
        .replaceAll(/calc\(([\d.]+) \* var\(--chroma\)\)/g, (_, own) => String(Number(own) * Number(chroma)))
      const found = [...written.matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)/g)].map(([, l, c, h]) => ({
        ...{ l: Number(l), c: Number(c), h: Number(h) },
      }))
      const [light, dark = light] = found
      return light && dark ? [[name, { light, dark }]] : []
    }),
  )
}

function paletteOf(accent: Accent): ReturnType<typeof coloursIn> {
  const own = new RegExp(
    `^\\[data-accent="${accent}"\\] \\{\\s*--hue: ([\\d.]+);\\s*--chroma: ([\\d.]+);`,
    'm',
  ).exec(css)
  const usual = coloursIn(theme, '', '')
  return accent === 'indigo' ? usual : { ...usual, ...coloursIn(others, own?.[1] ?? '', own?.[2] ?? '') }
}

const texts = ['ink', 'soft', 'link', 'in', 'low', 'danger']
const behind = ['ground', 'raised', 'sunken']

test.for(accents)('every text of %s has a contrast of 4.5 to 1, by day and by night', (accent) => {
  const palette = paletteOf(accent)
  const pairs: [string, string][] = [
    ...texts.flatMap((text) => behind.map((back): [string, string] => [text, back])),
    ['on-action', 'action'],
    ['on-sun', 'sun'],
  ]
  const low = pairs.flatMap(([text, back]) =>
    schemes
      .map((scheme) => ({ text, back, scheme, ratio: ratioOf(palette, text, back, scheme) }))
      .filter(({ ratio }) => !(ratio >= 4.5)),
  )

  expect(low).toEqual([])
})

test.for(accents)('a button of %s is told from the page behind it', (accent) => {
  const palette = paletteOf(accent)
  for (const scheme of schemes) expect(ratioOf(palette, 'action', 'ground', scheme)).toBeGreaterThanOrEqual(3)
})

test.for(accents)('the frame of the browser has the ground of %s', (accent) => {
  const { ground } = paletteOf(accent)
  expect(grounds[accent]).toEqual({
    light: ground && hexOf(ground.light),
    dark: ground && hexOf(ground.dark),
  })
})

function ratioOf(
  palette: ReturnType<typeof paletteOf>,
  text: string,
  back: string,
  scheme: 'light' | 'dark',
) {
  const [one, other] = [palette[text]?.[scheme], palette[back]?.[scheme]]
  if (!one || !other) throw new Error(`${text} or ${back} has no colour in app/globals.css`)
  return contrast(one, other)
}
