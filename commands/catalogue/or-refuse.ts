import { StartError } from 'embedded-supabase/start-error'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { Result } from '@/lib/domain/core/result'
import { type ImportProblem, problemsByKind, problemText } from '@/lib/domain/imports/problem'

/** The result of an import step; ends the command where it was refused. */
export function orRefuse<Data>(result: Result<Data>): Data {
  if (result.ok) return result.data
  throw new StartError(`Refused: ${refusalText(result.error)}\nNothing was changed.`)
}

/** Lines that cannot be imported, for a terminal. */
export function problemList(problems: ImportProblem[]): string {
  return problemsByKind(problems)
    .map((problem) => `✗ ${problemText(problem)}`)
    .join('\n')
}

function refusalText(refusal: Refusal): string {
  if (refusal.code === 'import_conflict') return problemList(refusal.detail.conflicts)
  return `${refusal.code} ${JSON.stringify(refusal.detail)}`
}
