import { mediaText, picturesOf } from './media-text'
import type { SheetPicture } from './sheet'

/**
 * The pictures of a product with the changes of two editors: each picture that one added is there, each that one removed
 * is gone. Null where both changed one picture in different ways: a person has to choose.
 */
export function mergePictures(base: string, mine: string, theirs: string): string | null {
  const [before, own, other] = [picturesOf(base), picturesOf(mine), picturesOf(theirs)]
  if ([before, own, other].some(hasTwice)) return null
  const isOrderMine = orderOf(own, before) !== orderOf(before, own)
  const isOrderTheirs = orderOf(other, before) !== orderOf(before, other)
  if (isOrderMine && isOrderTheirs) return null
  const [first, second] = isOrderMine ? [own, other] : [other, own]
  const added = second.filter(({ src }) => !find(first, src) && !find(before, src))
  const kept = first.filter(({ src }) => find(second, src) || !find(before, src))
  const merged: SheetPicture[] = []
  for (const { src } of [...kept, ...added]) {
    const picture = mergeOne(find(before, src), find(own, src), find(other, src))
    if (!picture) return null
    merged.push(picture)
  }
  return mediaText(merged)
}

/** One picture with the changes of both; null where they contradict each other. */
function mergeOne(
  before: SheetPicture | undefined,
  own: SheetPicture | undefined,
  other: SheetPicture | undefined,
): SheetPicture | null {
  const [text, ownText, otherText] = [before, own, other].map((each) => each && mediaText([each]))
  if (!own || ownText === otherText || ownText === text) return other ?? null
  if (!other || otherText === text) return own
  return null
}

/** The addresses of pictures that another list has as well, in their order here. */
function orderOf(pictures: readonly SheetPicture[], others: readonly SheetPicture[]): string {
  return pictures.flatMap(({ src }) => (find(others, src) ? src : [])).join('\n')
}

function find(pictures: readonly SheetPicture[], src: string): SheetPicture | undefined {
  return pictures.find((each) => each.src === src)
}

function hasTwice(pictures: readonly SheetPicture[]): boolean {
  return new Set(pictures.map(({ src }) => src)).size < pictures.length
}
