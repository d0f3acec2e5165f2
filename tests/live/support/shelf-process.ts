import { startShelfServer } from '@/tests/support/shelf-server'

/** The message of this process once it listens: its address. */
export type ShelfAddress = string

const shop = await startShelfServer()
process.send?.(shop.url satisfies ShelfAddress)
process.once('disconnect', () => process.exit())
