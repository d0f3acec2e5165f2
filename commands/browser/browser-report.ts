import { existsSync, readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import type { JSONReport, JSONReportSuite } from '@playwright/test/reporter'

const MOST_LINES = 12

/**
 * The failures of a run in the browser, short enough for the very end of the output, where the reader of a long log
 * looks first: each test that failed, and why.
 */
export function browserReport(file: string): string[] {
  if (!existsSync(file)) return ['The browser tests did not get as far as a report.']
  const report = JSON.parse(readFileSync(file, 'utf8')) as JSONReport
  const notRun = report.errors.map((error) => error.message ?? 'The browser tests could not run.')
  return [...notRun, ...report.suites.flatMap(lines)].map((line) => stripVTControlCharacters(line))
}

function lines(suite: JSONReportSuite): string[] {
  const own = suite.specs.flatMap((spec) =>
    spec.tests
      .filter((test) => test.status === 'unexpected')
      .map((test) => {
        const why = test.results.find((result) => result.error)?.error?.message ?? 'no reason given'
        const excerpt = why.split('\n').slice(0, MOST_LINES).join('\n    ')
        return `failed: ${spec.file}:${spec.line} › ${spec.title}\n    ${excerpt}`
      }),
  )
  return [...own, ...(suite.suites ?? []).flatMap(lines)]
}
