import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Address, Levers, Order } from './world-process'

type Asked<Lever> = Lever extends (...args: infer Args) => infer Answer
  ? (...args: Args) => Promise<Awaited<Answer>>
  : never

type AskedLevers = { [Name in keyof Levers]: Asked<Levers[Name]> }

/** A separate Supabase, its wire and its till, in another process, and the controls of them. */
export interface World {
  readonly address: Address
  readonly now: AskedLevers
  /** The same levers, pulled that many milliseconds from now, also while the caller is frozen. */
  later(afterMs: number): AskedLevers
  end(): Promise<void>
}

export async function startWorld(): Promise<World> {
  const other = fork(join(import.meta.dirname, 'world-process.ts'), {
    execArgv: ['--import', 'tsx', '--conditions', 'react-server'],
  })
  const exited = once(other, 'exit')
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let orders = 0

  function answer<Answer>(id: number): Promise<Answer> {
    const promised = Promise.withResolvers<unknown>()
    waiting.set(id, promised)
    return promised.promise as Promise<Answer>
  }
  other.on('message', ({ id, answer, error }: { id: number; answer?: unknown; error?: string }) => {
    const promised = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) promised?.resolve(answer)
    else promised?.reject(new Error(`in the other process: ${error}`))
  })
  other.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`the other process ended with ${code}`))
  })

  function levers(afterMs: number): AskedLevers {
    return new Proxy({} as AskedLevers, {
      get(_, lever: keyof Levers) {
        return (...args: unknown[]) => {
          orders += 1
          other.send({ id: orders, lever, args, afterMs } satisfies Order)
          return answer(orders)
        }
      },
    })
  }

  return {
    address: await answer<Address>(0),
    now: levers(0),
    later: levers,
    async end() {
      other.disconnect()
      await exited
    },
  }
}
