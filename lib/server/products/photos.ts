import 'server-only'
import sharp from 'sharp'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { longestSide, widthsBelow } from '@/lib/domain/products/photo'
import { kindOf, mostPixels, type PhotoProblem } from '@/lib/domain/products/upload'

// The other readers of the library stay off in this process. That of SVG is for share images, which Next draws with it;
// an upload never comes to it.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Svg'].map((each) => `VipsForeignLoad${each}Buffer`),
})
const readable = ['jpeg', 'png', 'webp']
sharp.cache(false)
// A photo takes a second of one processor; pages are rendered on the others.
sharp.concurrency(1)

const bounded = { limitInputPixels: mostPixels, failOn: 'error', pages: 1 } as const
const secondsAtMost = 20

export interface PhotoFiles {
  /** The address for product_media. */
  src: string
  files: readonly { name: string; bytes: Buffer }[]
}

/** A photo takes up to 240 MB while it is read, so one is made after the other, and few may wait. */
const mostWaiting = 8
let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/**
 * An uploaded photo as it is kept: turned as its camera was held, in a few widths, as WebP, without its place, time and
 * camera. WebP alone, since every browser that can run the shop reads it and AVIF takes ten times as long to write.
 */
export async function makePhoto(bytes: Uint8Array): Promise<Result<PhotoFiles, PhotoProblem>> {
  const kind = kindOf(bytes)
  if (kind !== 'photo') return refused(kind === 'other' ? 'not_a_photo' : kind)
  if (waiting >= mostWaiting) return refused('busy')
  waiting += 1
  const made = last
    .then(() => resized(bytes))
    .finally(() => {
      waiting -= 1
    })
  last = made
  return made
}

async function resized(bytes: Uint8Array): Promise<Result<PhotoFiles, PhotoProblem>> {
  try {
    const {
      format,
      width = 0,
      height = 0,
    } = await sharp(bytes, { ...bounded, limitInputPixels: false }).metadata()
    if (!readable.includes(format ?? '')) return refused('not_a_photo')
    if (width * height > mostPixels) return refused('too_many_pixels')
    // Without withMetadata() nothing of EXIF is written; colours are converted to sRGB.
    const { data, info } = await sharp(bytes, bounded)
      .rotate()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .timeout({ seconds: secondsAtMost })
      .webp({ quality: 82 })
      .toBuffer({ resolveWithObject: true })
    const stem = `${crypto.randomUUID()}-${info.width}x${info.height}`
    const files = [{ name: `${stem}.webp`, bytes: data }]
    for (const narrow of widthsBelow(info.width)) {
      const smaller = await sharp(data, bounded).resize({ width: narrow }).webp({ quality: 78 }).toBuffer()
      files.push({ name: `${stem}-${narrow}.webp`, bytes: smaller })
    }
    return accepted({ src: `/pictures/${stem}.webp`, files })
  } catch {
    return refused('broken')
  }
}

/** A photo cut to a frame around its focus, as PNG: share images cannot read WebP. */
export async function framedPhoto(
  bytes: Uint8Array,
  frame: { width: number; height: number },
  [x, y]: readonly [number, number],
): Promise<Buffer> {
  const image = sharp(bytes, bounded)
  const { width = frame.width, height = frame.height } = await image.metadata()
  const scale = Math.max(frame.width / width, frame.height / height)
  const [wide, high] = [Math.ceil(width * scale), Math.ceil(height * scale)]
  return image
    .resize({ width: wide, height: high, fit: 'fill' })
    .extract({
      left: Math.round(((wide - frame.width) * x) / 100),
      top: Math.round(((high - frame.height) * y) / 100),
      ...frame,
    })
    .png()
    .toBuffer()
}
