// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { glazes, palettes } from '#colours'
import { drawArt } from '#draw'
import { motifs } from '#motifs'
import { type Art, artName, parseArtName } from '#name'
import { drawScene, parseSceneName } from '#scene'

const keys = <Key extends string>(record: Record<Key, unknown>) => Object.keys(record) as Key[]

/** The parsed drawing; a parse error throws with its reason. */
function parse(svg: string): Document {
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml')
  const error = document.querySelector('parsererror')
  if (error) throw new Error(error.textContent ?? 'not well-formed')
  return document
}

const vase: Art = { motif: 'vase', palette: 'sky', glaze: 'persimmon', seed: 7, view: 'still' }

test.for(keys(motifs))('a %s can be drawn before every backdrop, whole and close up', (motif) => {
  for (const palette of keys(palettes)) {
    for (const view of ['still', 'close'] as const) {
      const svg = drawArt({ motif, palette, glaze: 'cobalt', seed: 3, view })

      expect(parse(svg).documentElement.tagName).toBe('svg')
      expect(svg).not.toMatch(/NaN|undefined|Infinity/)
      expect(svg.length).toBeLessThan(30_000)
    }
  }
})

test('the same name always gives the same drawing', () => {
  expect(drawArt(vase)).toBe(drawArt({ ...vase }))
})

test('another seed, glaze or backdrop gives another drawing', () => {
  const drawings = [
    vase,
    { ...vase, seed: 8 },
    { ...vase, glaze: 'teal' as const },
    { ...vase, palette: 'coral' as const },
  ].map(drawArt)

  expect(new Set(drawings).size).toBe(4)
})

test('a drawing names every clip once and uses no clip it does not have', () => {
  for (const svg of [drawArt({ ...vase, motif: 'sofa' }), drawScene('window')]) {
    const defined = [...parse(svg).querySelectorAll('[id]')].map(({ id }) => id)
    const used = [...svg.matchAll(/url\(#([\w-]+)\)/g)].map(([, id]) => id)

    expect(new Set(defined).size).toBe(defined.length)
    expect(defined).toEqual(expect.arrayContaining(used))
  }
})

test('a drawing fetches nothing and runs nothing', () => {
  expect(drawScene('garden').replace('http://www.w3.org/2000/svg', '')).not.toMatch(
    /https?:|<script|<image|href|style=/,
  )
})

test('a file name says everything about its drawing', () => {
  for (const glaze of keys(glazes)) {
    const art: Art = { motif: 'table-lamp', palette: 'sea', glaze, seed: 412, view: 'close' }

    expect(parseArtName(artName(art))).toEqual(art)
  }
})

test.for([
  'vase-sky-persimmon-7',
  'vase-sky-persimmon.svg',
  'vase-sky-persimmon-07.svg',
  'vase-sky-persimmon-70000.svg',
  'amphora-sky-persimmon-7.svg',
  'vase-sky-toString-7.svg',
  'constructor-sky-persimmon-7.svg',
  '../vase-sky-persimmon-7.svg',
])('there is no drawing called %s', (name) => {
  expect(parseArtName(name)).toBeNull()
})

test('a composition is found by its name and by no other', () => {
  expect(parseSceneName('scene-table.svg')).toBe('table')
  expect(parseSceneName('scene-cellar.svg')).toBeNull()
})
