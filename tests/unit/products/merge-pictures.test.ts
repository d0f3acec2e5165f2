import { expect, test } from 'vitest'
import { mediaText } from '@/lib/domain/products/editing/media-text'
import { newPicture } from '@/lib/domain/products/editing/sheet'
import { caughtUp, differences } from '@/lib/domain/products/editing/three-way'

const list = (...names: string[]) => mediaText(names.map((name) => newPicture(`/pictures/${name}`)))
const described = (alt: string) => mediaText([{ ...newPicture('/pictures/a'), alt }])

function merged(base: string, mine: string, theirs: string) {
  return differences({ media: base }, { media: mine }, { media: theirs }).map((each) => [
    each.mine,
    each.changedBy,
  ])
}

test('pictures that two staff members add at the same time are all there', () => {
  expect(merged(list('a'), list('a', 'b'), list('a', 'c', 'd'))).toEqual([[list('a', 'c', 'd', 'b'), 'mine']])
})

test('a removed picture is gone, also where the other staff member added one', () => {
  expect(merged(list('a', 'b'), list('b'), list('a', 'b', 'c'))).toEqual([[list('b', 'c'), 'mine']])
  expect(merged(list('a', 'b'), list('a', 'b', 'c'), list('b'))).toEqual([[list('b', 'c'), 'mine']])
})

test('the order is of the staff member who changed it', () => {
  expect(merged(list('a', 'b'), list('b', 'a'), list('a', 'b', 'c'))).toEqual([[list('b', 'a', 'c'), 'mine']])
  expect(merged(list('a', 'b'), list('a', 'b', 'c'), list('b', 'a'))).toEqual([[list('b', 'a', 'c'), 'mine']])
})

test('a text that both changed in different ways is a question, not a merge', () => {
  const [first] = differences(
    { media: described('') },
    { media: described('A jug') },
    { media: described('A mug') },
  )
  expect(first?.changedBy).toBeNull()
  expect(merged(described(''), described('A jug'), described(''))).toEqual([[described('A jug'), 'mine']])
})

test('an edit that is caught up continues from the newer version with the pictures of both', () => {
  const texts = { media: list('a', 'b') }
  const now = caughtUp({ base: 1, was: { media: list('a') }, texts }, 2, { media: list('a', 'c') })

  expect(now).toEqual({ base: 2, was: { media: list('a', 'c') }, texts: { media: list('a', 'c', 'b') } })
})
