/** Called once when a server starts. The build and the edge runtime have nothing to maintain, and no key to do it with. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return
  const { secretKey } = await import('@/lib/server/env')
  // The shop asks for every guest with it: without, no cart could be filled. Said now and not by the first shopper's click.
  secretKey()
  const { startMaintenance } = await import('@/lib/server/maintenance')
  startMaintenance()
}
