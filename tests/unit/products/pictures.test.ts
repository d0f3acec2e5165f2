import { drawPicture } from 'product-art/draw-picture'
import { expect, test } from 'vitest'
import { namedPictures } from '@/commands/shop/pictures'
import { drawings } from '@/lib/domain/products/editing/drawings'
import { PLACEHOLDER } from '@/lib/domain/products/picture'

test('every picture that the shop or its seed names can be drawn', () => {
  const named = [...namedPictures()]

  expect(named.filter((name) => drawPicture(name) === null)).toEqual([])
})

test('the placeholder, the window, the scenes and the drawings for staff are among them', () => {
  const named = namedPictures()
  const wanted = [
    PLACEHOLDER,
    '/art/scene-window.svg',
    '/art/scene-garden.svg',
    ...drawings.map(({ src }) => src),
  ]

  expect(wanted.filter((src) => !named.has(src.replace('/art/', '')))).toEqual([])
})
