import { startScratch } from './scratch'

/** A separate database for the whole run: the checker moves the shop's clock, which no other test would survive. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.KERNEL_DATABASE_URL) return undefined
  const scratch = await startScratch()
  process.env.KERNEL_DATABASE_URL = await scratch.database('kernel')
  return () => scratch.stop()
}
