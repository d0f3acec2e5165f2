import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caughtUp, chosen, differences, type Side, type Texts } from '@/lib/domain/products/editing/three-way'

const fields = ['title', 'vendor', 'price'] as const
const text = fc.constantFrom('', 'jug', 'mug', 'bowl')
const version: fc.Arbitrary<Texts> = fc.record({ title: text, vendor: text, price: text })
const three = fc.tuple(version, version, version)

test('a one-sided change belongs to that side; equal changes are no question', () => {
  fc.assert(
    fc.property(three, ([base, mine, theirs]) => {
      const found = new Map(differences(base, mine, theirs).map((each) => [each.field, each.changedBy]))
      for (const field of fields) {
        if (mine[field] === theirs[field]) expect(found.has(field)).toBe(false)
        else if (mine[field] === base[field]) expect(found.get(field)).toBe('theirs')
        else if (theirs[field] === base[field]) expect(found.get(field)).toBe('mine')
        else expect(found.get(field)).toBe(null)
      }
    }),
  )
})

test('it is the same question whoever asks it', () => {
  const turned = { mine: 'theirs', theirs: 'mine' } as const
  fc.assert(
    fc.property(three, ([base, mine, theirs]) => {
      const asked = differences(base, theirs, mine).map(({ field, changedBy }) => [
        field,
        changedBy && turned[changedBy],
      ])
      expect(asked.toSorted()).toEqual(
        differences(base, mine, theirs)
          .map(({ field, changedBy }) => [field, changedBy])
          .toSorted(),
      )
    }),
  )
})

test('all mine is mine, all theirs is theirs, and any choice takes each field from one of the two', () => {
  const side: fc.Arbitrary<Side> = fc.constantFrom('mine', 'theirs')
  const choices = fc.record({ title: side, vendor: side, price: side })
  fc.assert(
    fc.property(three, choices, ([base, mine, theirs], choice) => {
      const found = differences(base, mine, theirs)
      const all = (one: Side) => Object.fromEntries(fields.map((field) => [field, one]))
      expect(chosen(found, theirs, all('mine'))).toEqual(mine)
      expect(chosen(found, theirs, all('theirs'))).toEqual(theirs)
      const taken = chosen(found, theirs, choice)
      for (const field of fields) expect(taken[field]).toBe((choice[field] === 'mine' ? mine : theirs)[field])
    }),
  )
})

test('a form that catches up keeps its own edits and gets every other change', () => {
  fc.assert(
    fc.property(three, ([base, mine, theirs]) => {
      const typing = caughtUp({ base, was: base, texts: mine }, theirs, theirs)
      for (const field of fields)
        expect(typing.texts[field]).toBe((mine[field] === base[field] ? theirs : mine)[field])

      // Saving asks exactly when both sides changed a field.
      const isContested = differences(base, mine, theirs).some(({ changedBy }) => changedBy === null)
      expect(typing.base).toBe(isContested ? base : theirs)
      expect(caughtUp(typing, theirs, theirs)).toEqual(typing)
    }),
  )
})

test('consecutive saves of a staff member are like the last, and typing on top of them is no conflict', () => {
  fc.assert(
    fc.property(three, version, ([base, mine, between], theirs) => {
      const started = { base, was: base, texts: mine }
      const then = caughtUp(started, between, between)
      const now = caughtUp(then, theirs, theirs)
      for (const field of fields.filter((each) => mine[each] === base[each])) {
        expect(now.texts[field]).toBe(theirs[field])
        const onTop = caughtUp({ ...now, texts: { ...now.texts, [field]: 'typed' } }, theirs, theirs)
        expect(
          differences(onTop.was, onTop.texts, theirs).find((each) => each.field === field)?.changedBy,
        ).toBe('mine')
      }
    }),
  )
})
