import { drawArt } from './draw'
import { parseArtName } from './name'
import { drawScene, parseSceneName } from './scene'

/** The picture of a file name, or null when no picture has that name. */
export function drawPicture(fileName: string): string | null {
  const scene = parseSceneName(fileName)
  if (scene) return drawScene(scene)
  const art = parseArtName(fileName)
  return art && drawArt(art)
}
