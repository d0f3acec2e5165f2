'use client'

/** How long one call may take and how long to pause between calls, in milliseconds; how many calls there are at most. */
export const patience = { answerMs: 8_000, pauseMs: 1_000, calls: 4 }

/** A failure that no further call would change. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
}

/**
 * Calls until an answer comes: again when none comes in time or the call fails. The one place where a change is repeated
 * (docs/forms.md), so only for calls that take effect once however often they are made. Rejects with the last failure.
 */
export async function untilAnswered<Answer>(call: () => Promise<Answer>, waits = patience): Promise<Answer> {
  for (let calls = 1; ; calls += 1) {
    try {
      return await inTime(call(), waits.answerMs)
    } catch (cause) {
      if (calls >= waits.calls || cause instanceof NoAnswer) throw cause
      await new Promise((resolve) => setTimeout(resolve, waits.pauseMs))
    }
  }
}

function inTime<Answer>(answer: Promise<Answer>, ms: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
