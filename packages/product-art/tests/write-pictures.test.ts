import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { drawPicture } from '#draw-picture'
import { writePictures } from '#write-pictures'

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'product-art-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('a folder holds the pictures that are named and no other', () => {
  const folder = aFolder()
  writePictures(folder, new Set(['vase-sky-persimmon-7.svg', 'mug-cobalt-plum-5.svg']))
  writePictures(folder, new Set(['vase-sky-persimmon-7.svg', 'scene-garden.svg']))

  expect(readdirSync(folder).sort()).toEqual(['scene-garden.svg', 'vase-sky-persimmon-7.svg'])
  expect(readFileSync(join(folder, 'scene-garden.svg'), 'utf8')).toBe(drawPicture('scene-garden.svg'))
})

test('a file that is right stays as it is, and a damaged one is drawn again', () => {
  const folder = aFolder()
  const [right, damaged] = ['vase-sky-persimmon-7.svg', 'mug-cobalt-plum-5.svg'] as const
  const names = new Set([right, damaged])
  writePictures(folder, names)
  const before = statSync(join(folder, right), { bigint: true }).mtimeNs
  writeFileSync(join(folder, damaged), '<svg')

  writePictures(folder, names)

  expect(statSync(join(folder, right), { bigint: true }).mtimeNs).toBe(before)
  expect(readFileSync(join(folder, damaged), 'utf8')).toBe(drawPicture(damaged))
})

test('a name that no picture has is an error that says it', () => {
  expect(() => writePictures(aFolder(), new Set(['amphora-sky-persimmon-7.svg']))).toThrow(
    'No picture is called amphora-sky-persimmon-7.svg.',
  )
})
