import sharp from 'sharp'
import { expect, test } from 'vitest'
import { isPhotoFile, photoAt } from '@/lib/domain/products/photo'
import { kindOf } from '@/lib/domain/products/upload'
import { framedPhoto, makePhoto } from '@/lib/server/products/photos'

function picture(width: number, height: number) {
  return sharp({ create: { width, height, channels: 3, background: '#c63' } })
}

test('a photo is turned as the camera was held, loses its EXIF and comes in a few widths', async () => {
  const taken = await picture(2000, 1000)
    .withExif({ IFD0: { Artist: 'Ada' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

  const made = await makePhoto(taken)

  if (!made.ok) throw new Error(made.error)
  const { src, files } = made.data
  expect(photoAt(src)).toMatchObject({ width: 800, height: 1600 })
  const sizes = await Promise.all(files.map(async ({ bytes }) => sharp(bytes).metadata()))
  expect(sizes.map(({ width }) => width)).toEqual([800, 320, 640])
  expect(sizes.every(({ format, exif }) => format === 'webp' && exif === undefined)).toBe(true)
  expect(files.map(({ name }) => isPhotoFile(name))).toEqual([true, true, true])
  const named =
    photoAt(src)
      ?.srcset.split(', ')
      .map((each) => each.split(' ')[0]) ?? []
  expect(named.toSorted()).toEqual(files.map(({ name }) => `/pictures/${name}`).toSorted())
})

test('a small photo is not enlarged', async () => {
  const made = await makePhoto(await picture(200, 100).png().toBuffer())

  expect(made.ok && photoAt(made.data.src)).toMatchObject({ width: 200, height: 100 })
  expect(made.ok && made.data.files).toHaveLength(1)
})

/** A PNG whose header promises this many pixels. */
async function bomb(width: number, height: number) {
  const bytes = await picture(1, 1).png().toBuffer()
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  const { crc32 } = await import('node:zlib')
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
  return bytes
}

test.for([
  ['a program', Buffer.from('#!/bin/sh\nexit'), 'not_a_photo'],
  ['nothing', Buffer.alloc(0), 'not_a_photo'],
  ['a page', Buffer.from('<html><body><script>alert(1)</script>'), 'not_a_photo'],
  ['an SVG', Buffer.from('<?xml version="1.0"?><svg xmlns="x" onload="alert(1)"/>'), 'svg'],
  ['a HEIC photo', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'heic'],
  ['a JPEG that ends early', Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF', 'latin1'), 'broken'],
  ['a GIF', Buffer.from('GIF89a\x01\0\x01\0', 'latin1'), 'not_a_photo'],
] as const)('%s is refused with its reason', async ([, bytes, problem]) => {
  expect(await makePhoto(new Uint8Array(bytes))).toEqual({ ok: false, error: problem })
})

test('a small file of billions of pixels is refused before it is read', async () => {
  expect(await makePhoto(await bomb(60_000, 60_000))).toEqual({ ok: false, error: 'too_many_pixels' })
})

test('an SVG that begins like a photo runs no reader of SVG', async () => {
  const disguised = Buffer.concat([Buffer.from('\xff\xd8\xff', 'latin1'), Buffer.from('<svg xmlns="x"/>')])

  expect(kindOf(disguised)).toBe('photo')
  expect(await makePhoto(disguised)).toEqual({ ok: false, error: 'broken' })
})

test('a frame keeps the focus of a photo', async () => {
  const half = await picture(400, 200)
    .composite([
      {
        input: await sharp({ create: { width: 200, height: 200, channels: 3, background: '#00f' } })
          .png()
          .toBuffer(),
        left: 200,
        top: 0,
      },
    ])
    .webp({ lossless: true })
    .toBuffer()

  const framed = await framedPhoto(half, { width: 100, height: 100 }, [100, 50])

  const { dominant } = await sharp(framed).stats()
  expect(dominant.b).toBeGreaterThan(dominant.r)
})

test.for([
  '/art/jug.svg',
  'https://x.test/pictures/a.webp',
  '/pictures/../secret.webp',
  '/pictures/a-1x1.webp',
])('%s is no photo of ours', (src) => {
  expect(photoAt(src)).toBeNull()
})
