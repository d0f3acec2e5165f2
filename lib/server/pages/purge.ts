import 'server-only'

// In `globalThis`, because Next bundles instrumentation.ts, which serves shared pages, and actions, which purge them, apart.
const shared = globalThis as { onhandPages?: { generation: number } }
shared.onhandPages ??= { generation: 0 }
const pages = shared.onhandPages

/** Ends the life of every shared page of this server, those included that are being rendered. */
export function purgePages(): void {
  pages.generation += 1
}

/** Changes with every purge. */
export function pagesGeneration(): number {
  return pages.generation
}
