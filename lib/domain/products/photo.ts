import type { Picture } from './product'

/** A photo in Storage, as its address names it. Its bytes never change: another photo has another name. */
export interface Photo {
  width: number
  height: number
  /** One address for each width that it is kept in. */
  srcset: string
  /** The address of the narrowest. */
  small: string
}

/** The narrower widths in which a photo is kept beside its largest, in pixels. */
export const narrowWidths = [320, 640, 960] as const
/** The longest side of a photo. */
export const longestSide = 1600

const ADDRESS = /^\/pictures\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-(\d{1,4})x(\d{1,4}))\.webp$/
const FILE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-\d{1,4}x\d{1,4}(?:-(?:320|640|960))?\.webp$/

/** Whether this is the name of a photo's file in Storage. */
export function isPhotoFile(name: string): boolean {
  return FILE.test(name)
}

/** The narrower widths of a photo of this width. */
export function widthsBelow(width: number): number[] {
  return narrowWidths.filter((each) => each < width)
}

/** The photo at an address of ours; null for a drawing and for an address elsewhere. */
export function photoAt(src: string): Photo | null {
  const [, stem, w, h] = ADDRESS.exec(src) ?? []
  if (!stem) return null
  const [width, height] = [Number(w), Number(h)]
  const narrow = widthsBelow(width).map((each) => ({
    address: `/pictures/${stem}-${each}.webp`,
    width: each,
  }))
  const all = [...narrow, { address: src, width }]
  return {
    width,
    height,
    srcset: all.map((each) => `${each.address} ${each.width}w`).join(', '),
    small: all[0]?.address ?? src,
  }
}

/** The address of a picture for a frame of a few dozen pixels. */
export function smallPicture(src: string): string {
  return photoAt(src)?.small ?? src
}

/** Where a frame cuts this picture, as CSS writes it. */
export function focusOf({ focus = [50, 50] }: Pick<Picture, 'focus'>): string {
  return `${focus[0]}% ${focus[1]}%`
}
