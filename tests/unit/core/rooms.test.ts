import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '@/commands/root'

// The structure that docs/decisions/0031 describes. Test files, generated files and migrations are not counted.
const mostInAFolder = 15
const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
const files = listed
  .toString()
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file) && existsSync(join(ROOT, file)))
const sources = files.filter((file) => !/\.test\.tsx?$|\.spec\.ts$|\.types\.ts$|\.config\.ts$/.test(file))

test('no folder holds more than fifteen source files', () => {
  const folders = Map.groupBy(sources, dirname)
  const tooFull = [...folders].filter(([, inside]) => inside.length > mostInAFolder)
  expect(tooFull.map(([folder, inside]) => `${folder}: ${inside.length}, split it by noun`)).toEqual([])
})

test('no file of the shop imports itself through others', () => {
  const graph = new Map(sources.map((file) => [file, importsOf(file)]))
  expect(circlesIn(graph)).toEqual([])
})

/** The files that a file imports when it runs; a type alone makes no circle. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  return [...text.matchAll(/^(?:import|export)\s+(?!type\b)[^'"]*?from\s+'([^']+)'/gm)].flatMap(
    ([, name = '']) => {
      const base = name.startsWith('@/')
        ? name.slice(2)
        : name.startsWith('.')
          ? join(dirname(file), name)
          : null
      if (base === null) return []
      return ['.ts', '.tsx']
        .map((ending) => normalize(base + ending))
        .filter((path) => sources.includes(path))
    },
  )
}

/** The first circle through each file that is on one. */
function circlesIn(graph: Map<string, string[]>): string[] {
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, path: string[]) => {
    const at = path.indexOf(file)
    if (at >= 0) circles.push([...path.slice(at), file].join(' -> '))
    if (at >= 0 || done.has(file)) return
    for (const next of graph.get(file) ?? []) visit(next, [...path, file])
    done.add(file)
  }
  for (const file of graph.keys()) visit(file, [])
  return circles
}
