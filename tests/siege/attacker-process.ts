import { setTimeout as sleep } from 'node:timers/promises'
import { flooder, floods, hoarder, slowBodies } from './attackers'

// One attacker, in a separate process: its work and the shoppers' clocks do not share an event loop. Each message names
// an attack and its arguments; the answer is what it came to.

const attacks = {
  hoard: hoarder,
  flood: flooder,
  dripBodies: (shop: string, size: number, ms: number) => slowBodies(shop, size, sleep(ms)),
  floodBodies: floods,
}
type Attacks = typeof attacks

export type AttackName = keyof Attacks
export type AttackArguments<Name extends AttackName> = Parameters<Attacks[Name]>
export type AttackResult<Name extends AttackName> = Awaited<ReturnType<Attacks[Name]>>

process.on('message', async ([name, ...args]: [AttackName, ...unknown[]]) => {
  const attack = attacks[name] as (...args: unknown[]) => Promise<unknown>
  process.send?.(await attack(...args))
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
