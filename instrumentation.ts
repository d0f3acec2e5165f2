/** Called once when a server starts. The build and the edge runtime have nothing to tidy, and no key to do it with. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || !process.env.SUPABASE_SECRET_KEY) return
  const { requireSchema } = await import('@/lib/server/schema-check')
  await requireSchema()
  const { keepTidy } = await import('@/lib/server/tidy')
  keepTidy()
}
