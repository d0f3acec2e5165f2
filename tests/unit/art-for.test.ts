import { expect, test } from 'vitest'
import { artFor, palettesFor } from '@/lib/domain/art/art-for'
import { glazeNamed, motifNamed } from '@/lib/domain/art/words'

test.for([
  ['Clay Plant Pot', 'planter', 'clay'],
  ['Knitted Throw Pillows', 'cushion', null],
  ['White Bed Clothes', 'bedding', 'chalk'],
  ['Wooden Outdoor Table', 'table', 'oak'],
  ['Black Leather Bag', 'bag', 'coal'],
  ['LED High Tops', 'shoes', null],
  ['Gardening hand trowel', 'trowel', null],
  ['Yellow watering can', 'watering-can', 'mustard'],
  ['Pink Armchair', 'armchair', 'rose'],
  ['Guardian Earrings', 'earrings', null],
  ['Striped Skirt and Top', 'tee', null],
] as const)('%s is shown as a %s', ([title, motif, glaze]) => {
  expect(motifNamed(title)).toBe(motif)
  expect(glazeNamed(title)).toBe(glaze)
})

test('a thing nobody drew yet gets a still life, or what its category is called', () => {
  expect(artFor({ title: 'Quux 3000', category: 'Misc', handle: 'quux' }).motif).toBe('still-life')
  expect(artFor({ title: 'The Aldgate', category: 'Lamps', handle: 'aldgate' }).motif).toBe('table-lamp')
})

test('a product keeps its picture from one import to the next', () => {
  const pot = { title: 'White Ceramic Pot', category: 'Outdoor', handle: 'white-ceramic-pot' }

  expect(artFor(pot)).toEqual(artFor({ ...pot }))
})

test("a variant's own colour recolours the thing and nothing else", () => {
  const mug = { title: 'Blue Mug', category: '', handle: 'blue-mug' }

  expect(artFor(mug, 'Moss green')).toMatchObject({ motif: 'mug', glaze: 'moss', seed: artFor(mug).seed })
})

test('a thing never stands before a wall of its own colour', () => {
  expect(palettesFor('mustard')).not.toContain('marigold')
  expect(palettesFor('cobalt')).not.toContain('cobalt')
})
