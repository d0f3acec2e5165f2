/** Called once when a server starts. The build and the edge runtime have nothing to maintain, and no key to do it with. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || !process.env.SUPABASE_SECRET_KEY) return
  const { startMaintenance } = await import('@/lib/server/maintenance')
  startMaintenance()
}
