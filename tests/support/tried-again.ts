import { stripVTControlCharacters } from 'node:util'
import type { Reporter, TestCase } from 'vitest/node'

/** A reporter of vitest: names every test that passed only when it was tried again, and why it failed at first, at the end. */
export default class TriedAgain implements Reporter {
  private readonly lines: string[] = []

  onTestCaseResult(test: TestCase): void {
    if (!test.diagnostic()?.flaky) return
    const why = test.result().errors?.[0]?.message ?? 'no reason given'
    this.lines.push(
      `passed only when tried again: ${test.module.relativeModuleId} › ${test.fullName}\n    ${stripVTControlCharacters(why)}`,
    )
  }

  onTestRunEnd(): void {
    for (const line of this.lines) console.log(line)
  }
}
