import type { Graph } from 'schema-dts'
import { jsonLd } from '@/lib/domain/machines/json-ld'

/**
 * Structured data for search engines. Renders a `<script>` that holds data and runs nothing.
 *
 * @param nonce of the page: every script has it, so that one without is found to be injected.
 */
export function StructuredData({ graph, nonce }: { graph: Graph; nonce: string }) {
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON with its only dangerous character escaped.
    <script type="application/ld+json" nonce={nonce} dangerouslySetInnerHTML={{ __html: jsonLd(graph) }} />
  )
}
