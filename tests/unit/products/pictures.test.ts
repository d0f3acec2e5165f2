import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawPicture } from 'product-art/draw-picture'
import { expect, test } from 'vitest'
import { namedPictures } from '@/commands/shop/pictures'
import { PLACEHOLDER, placeholderSvg } from '@/lib/domain/products/picture'

test('every picture that the shop or its seed names can be drawn', () => {
  const named = [...namedPictures()]

  expect(named.filter((name) => drawPicture(name) === null)).toEqual([])
})

test('the window and the scenes are among them', () => {
  const named = namedPictures()
  const wanted = ['/art/scene-window.svg', '/art/scene-garden.svg']

  expect(wanted.filter((src) => !named.has(src.replace('/art/', '')))).toEqual([])
})

test('the placeholder is the same as a file and as a response', () => {
  expect(readFileSync(join('public', PLACEHOLDER), 'utf8')).toBe(placeholderSvg)
})
