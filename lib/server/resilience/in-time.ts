import 'server-only'
import { Unavailable } from '@/lib/domain/core/unavailable'

/** The result of a call, or `Unavailable` when it takes longer than `ms`; the call itself continues. */
export async function inTime<Answer>(call: Promise<Answer>, ms: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable(`no answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([call, limit])
  } finally {
    clearTimeout(timer)
  }
}
