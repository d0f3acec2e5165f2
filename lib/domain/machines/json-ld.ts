import type { Graph } from 'schema-dts'

/** Structured data as the text of a `<script>`. A "<" in a title must not be able to end the script. */
export function jsonLd(graph: Graph): string {
  return JSON.stringify(graph)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}
