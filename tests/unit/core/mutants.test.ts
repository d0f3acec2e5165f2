import { expect, test } from 'vitest'
import { mutants } from '@/tests/kernel/mutants/mutants'
import { whyNotPlanted } from '@/tests/kernel/mutants/plant'

test('the text that each mutant replaces is in the schema exactly once', () => {
  const lost = mutants.flatMap((mutant) => {
    const reason = whyNotPlanted(mutant)
    return reason ? [`${mutant.name}: ${reason}`] : []
  })
  expect(lost).toEqual([])
})
