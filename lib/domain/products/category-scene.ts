/** Categories of the demo shop with a composition of their own, by slug. */
const scenes: Readonly<Record<string, string>> = {
  table: '/art/scene-table.svg',
  light: '/art/scene-light.svg',
  textile: '/art/scene-textile.svg',
  paper: '/art/scene-paper.svg',
  garden: '/art/scene-garden.svg',
}

/** The wide picture of a category, or null. */
export function categoryScene(slug: string): string | null {
  return Object.hasOwn(scenes, slug) ? (scenes[slug] ?? null) : null
}
