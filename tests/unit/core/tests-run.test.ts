import { execFileSync } from 'node:child_process'
import { matchesGlob } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '@/commands/root'
import config from '@/vitest.config'

test('every test file belongs to a project of vitest', () => {
  const files = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', 'tests', 'packages'],
    {
      cwd: ROOT,
    },
  )
    .toString()
    .split('\n')
    .filter((file) => /\.test\.tsx?$/.test(file))
  const projects = (config.test?.projects ?? []) as { test: { include: string[] } }[]
  const patterns = projects.flatMap((project) => project.test.include)
  const orphans = files.filter((file) => !patterns.some((pattern) => matchesGlob(file, pattern)))
  expect(orphans, 'move it, or add it to a project in vitest.config.ts').toEqual([])
})
