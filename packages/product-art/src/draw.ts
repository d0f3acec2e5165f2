import type { Drawing, Pen } from './brush'
import { glazes, palettes } from './colours'
import { motifs } from './motifs'
import type { Art } from './name'
import { n } from './paths'
import { seeded } from './random'
import { backdrop, castShadow, patterns, SHEET } from './stage'

/** Where each stance holds an object on the sheet. */
const origins = {
  stands: [SHEET.width / 2, SHEET.foot],
  hangs: [SHEET.width / 2, 140],
  drops: [SHEET.width / 2, 452],
} as const satisfies Record<Drawing['stance'], readonly [number, number]>

/** How far an object is enlarged so that small things fill their sheet as large ones do. */
function enlargement({ stance, width, height }: Drawing): number {
  return stance === 'stands' ? Math.min(1.3, 430 / width, 430 / height) : 1.06
}

/** The part of the sheet a view shows, as an SVG viewBox. */
function viewBox({ view }: Art, drawing: Drawing): string {
  const { width, height } = SHEET
  if (view === 'still') return `0 0 ${width} ${height}`
  const [x, y] = origins[drawing.stance]
  const reach = drawing.height * enlargement(drawing) * 0.62
  const middle = drawing.stance === 'hangs' ? y + reach : y - reach
  const w = 380
  const h = 475
  return `${n(x - w * 0.45)} ${n(Math.max(0, middle - h / 2))} ${w} ${h}`
}

/** Draws one product as an SVG document of its own: no text, no links, nothing to fetch. */
export function drawArt(art: Art): string {
  const palette = palettes[art.palette]
  const random = seeded(art.seed * 31 + art.motif.length)
  let ids = 0
  const pen: Pen = { glaze: glazes[art.glaze], prop: palette.prop, random, id: () => `c${ids++}` }
  const scene = patterns(random)
  const drawing = motifs[art.motif](pen)
  const [x, y] = origins[drawing.stance]
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox(art, drawing)}" stroke-linecap="round" stroke-linejoin="round">` +
    `<defs>${scene}</defs>` +
    backdrop(random, palette, drawing.stance) +
    `<g transform="translate(${x} ${y}) scale(${n(enlargement(drawing) * 100) / 100})">${castShadow(drawing)}${drawing.marks}</g>` +
    `<path d="M0 0h${SHEET.width}v${SHEET.height}H0z" fill="url(#grain)" opacity=".13"/></svg>`
  )
}
