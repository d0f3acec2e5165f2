import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { JsonTestResults } from 'vitest/node'
import { ROOT } from './root'

const MOST_LINES = 12

/** The failures of a run of vitest, for the very end of the output, as browserReport has those of the browser. */
export function vitestReport(file: string): string[] {
  if (!existsSync(file)) return ['Tests without a browser did not get as far as a report.']
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as JsonTestResults
  return testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed')
      const whys = failed.map(({ title, failureMessages }) => ({ title, why: failureMessages?.[0] ?? '' }))
      // A file that could not be loaded has no tests.
      const all = whys.length > 0 ? whys : [{ title: 'the file', why: message }]
      return all.map(({ title, why }) => {
        const excerpt = stripVTControlCharacters(why).split('\n').slice(0, MOST_LINES).join('\n    ')
        return `failed: ${relative(ROOT, name)} › ${title}\n    ${excerpt}`
      })
    })
}
