import { connection } from 'next/server'
import { drawArt } from '@/lib/domain/art/draw'
import { parseArtName } from '@/lib/domain/art/name'
import { drawScene, parseSceneName } from '@/lib/domain/art/scene'

function draw(name: string): string | null {
  const scene = parseSceneName(name)
  if (scene) return drawScene(scene)
  const art = parseArtName(name)
  return art && drawArt(art)
}

/** A drawing by its name. The name says everything the drawing depends on, so it may be kept for ever. */
export async function GET(_request: Request, { params }: { params: Promise<{ name: string }> }) {
  await connection()
  const { name } = await params
  const svg = draw(name)
  if (svg === null) {
    return new Response(`No drawing is called "${name}".\n`, {
      status: 404,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    })
  }
  return new Response(svg, {
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    },
  })
}
