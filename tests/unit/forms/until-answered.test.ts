import { expect, test } from 'vitest'
import { untilAnswered } from '@/lib/client/forms/until-answered'

const patience = { answerMs: 20, pauseMs: 1, calls: 3 } as const

test('an answer that does not come in time is asked for again', async () => {
  let calls = 0
  const call = () => {
    calls += 1
    return calls === 1 ? new Promise<string>(() => undefined) : Promise.resolve('saved')
  }

  expect(await untilAnswered(call, patience)).toBe('saved')
  expect(calls).toBe(2)
})

test('a shop that does not answer at all is not asked for ever', async () => {
  let calls = 0
  const call = () => {
    calls += 1
    return Promise.reject(new Error(`lost ${calls}`))
  }

  await expect(untilAnswered(call, patience)).rejects.toThrow('lost 3')
})
