import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawPicture } from './draw-picture'

/**
 * Makes a folder hold the pictures of these file names and nothing else. A file that is right already is not touched.
 * Throws when no picture has a name.
 */
export function writePictures(folder: string, fileNames: ReadonlySet<string>): void {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) {
    if (!fileNames.has(name)) rmSync(join(folder, name), { recursive: true })
  }
  for (const name of fileNames) {
    const svg = drawPicture(name)
    if (svg === null) throw new Error(`No picture is called ${name}.`)
    const path = join(folder, name)
    if (!existsSync(path) || readFileSync(path, 'utf8') !== svg) writeFileSync(path, svg)
  }
}
