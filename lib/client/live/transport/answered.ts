'use client'

/** How long one call is waited for, and how long between calls, in milliseconds. */
const patience = { answerMs: 8_000, pauseMs: 1_000, calls: 4 }

/**
 * Calls until an answer comes: again when none does in time or the way there fails. Only for calls that are the same
 * change however often they are made. Rejects with the last failure when the patience is used up.
 */
export async function answered<Answer>(call: () => Promise<Answer>, waits = patience): Promise<Answer> {
  for (let calls = 1; ; calls += 1) {
    try {
      return await inTime(call(), waits.answerMs)
    } catch (cause) {
      if (calls >= waits.calls) throw cause
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
