import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writePictures } from 'product-art/write-pictures'
import { ROOT } from '@/commands/root'
import { filesOf } from './files'

/** Files of the shop that may name a picture. */
const NAMING = ['app', 'components', 'lib', 'supabase/seed.sql']

/** The file names of every `/art/….svg` that the shop's code or its seed names. */
export function namedPictures(): ReadonlySet<string> {
  const texts = NAMING.flatMap(filesOf).map((file) => readFileSync(join(ROOT, file), 'utf8'))
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/\/art\/([a-z0-9-]+\.svg)/g)].map(([, name = '']) => name)),
  )
}

/** Draws them as static files. Git ignores the folder. */
export function drawPictures(): void {
  writePictures(join(ROOT, 'public', 'art'), namedPictures())
}
