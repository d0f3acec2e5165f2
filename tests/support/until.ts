import { setTimeout as sleep } from 'node:timers/promises'

/** The first truthy value of `read`. Asks again and again; for scripts, where vitest's `waitFor` is not at hand. */
export async function until<T>(read: () => T | Promise<T>, everyMs = 50): Promise<NonNullable<T>> {
  for (;;) {
    const value = await read()
    if (value) return value as NonNullable<T>
    await sleep(everyMs)
  }
}
