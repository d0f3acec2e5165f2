import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** The limit for all JavaScript of a product page, in bytes of gzip. */
const MOST = 170 * 1024

const PAGE = 'server/app/(shop)/products/[handle]/page_client-reference-manifest.js'

/** In one line, what a built product page makes a browser load; polyfills that modern browsers skip are not counted. */
export function scriptSize(distDir: string): string {
  const { rootMainFiles } = JSON.parse(readFileSync(join(distDir, 'build-manifest.json'), 'utf8')) as {
    rootMainFiles: string[]
  }
  const shown = new Set([...rootMainFiles, ...entryFiles(readFileSync(join(distDir, PAGE), 'utf8'))])
  const chunks = 'static/chunks'
  // Realtime is loaded when a page follows something, and only then.
  const live = readdirSync(join(distDir, chunks))
    .map((name) => `${chunks}/${name}`)
    .filter((file) => file.endsWith('.js') && !shown.has(file) && isRealtime(join(distDir, file)))

  const [toShow, toBeLive] = [[...shown], live].map((files) =>
    files.reduce(
      (bytes, file) => bytes + gzipSync(readFileSync(join(distDir, file)), { level: 9 }).length,
      0,
    ),
  ) as [number, number]
  const judgement = toShow + toBeLive > MOST ? `, more than the ${kb(MOST)} it may have` : ''
  return `A product page loads ${kb(toShow + toBeLive)} of JavaScript: ${kb(toShow)} to be shown, ${kb(toBeLive)} after that to be live${judgement}.`
}

/** The scripts of a page, its layouts and its errors, as the build wrote them down: an assignment of JSON. */
function entryFiles(manifest: string): string[] {
  const written = manifest.match(/"entryJSFiles":\s*(\{[^}]*\})/)?.[1]
  if (!written)
    throw new Error(`${PAGE} does not say which scripts the page has. Did a new Next.js change it?`)
  return Object.values(JSON.parse(written) as Record<string, string[]>).flat()
}

function isRealtime(file: string): boolean {
  return readFileSync(file, 'utf8').includes('phx_join')
}

function kb(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`
}
