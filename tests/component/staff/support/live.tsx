import { act, type RenderResult, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { DataApiProvider } from '@/lib/client/live/data-api-provider'
import { useLiveClient } from '@/lib/client/live/provider'
import type { LiveSource } from '@/lib/domain/live/query'

const settings = { supabaseUrl: 'http://supabase.test', publishableKey: 'key' }
let client: ReturnType<typeof useLiveClient>

/** Makes the live client reachable for a test. Renders its children. */
function Reach({ children }: { children: ReactNode }) {
  client = useLiveClient()
  return children
}

/** Renders a part of a live page, without a database: its rows are those of its props and of `takeRows`. */
export function renderLive(part: ReactNode): RenderResult {
  return render(
    <DataApiProvider settings={settings}>
      <Reach>{part}</Reach>
    </DataApiProvider>,
  )
}

/** Rows arrive as from the live connection. */
export function takeRows<Row>(source: LiveSource<Row>, rows: readonly Row[]): void {
  act(() => client.store(source).rows.take(rows))
}

/** The fields that a form would send by a button. */
export function fieldsOf(form: HTMLElement, button?: HTMLElement): Record<string, string> {
  return Object.fromEntries(
    [...new FormData(form as HTMLFormElement, button)].map(([name, value]) => [name, String(value)]),
  )
}
