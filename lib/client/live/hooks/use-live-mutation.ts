'use client'

import { useState } from 'react'
import { useRegistry } from '@/lib/client/live/provider'
import type { Intent } from '@/lib/client/live/rows'
import { answered } from '@/lib/client/live/transport/answered'
import type { Result } from '@/lib/domain/core/result'
import type { LiveSource } from '@/lib/domain/live/query'

/** A write a person asks for, how it is shown before it is answered, and how it is asked. */
export interface LiveMutation<Row, Input, Failure> {
  readonly source: LiveSource<Row>
  /** Asks the server, which answers with the rows it changed. One key is one change, however often it is asked. */
  call(input: Input, key: string): Promise<Result<readonly Row[], Failure>>
  /** The row to show changed meanwhile; none for what cannot be foreseen. */
  intent?(input: Input): (Intent<Row> & { readonly id: string }) | undefined
}

export interface Running<Input, Failure> {
  /** One gesture, one call. Resolves when it is answered, or given up; never rejects. */
  run(input: Input): Promise<void>
  /** What is shown but not answered yet, oldest first. */
  readonly pending: readonly Input[]
  /** Why the last run was refused; null after one that was not. What it showed is withdrawn. */
  readonly refusal: Failure | null
  /** Set when no answer came at all: it may have happened or not, and what is shown is what the database says. */
  readonly error: Error | null
}

/**
 * An optimistic write on live rows: shown at once on top of what the server says, also while others change the same
 * row; withdrawn when refused. When no answer comes it asks again with the same key instead of guessing.
 */
export function useLiveMutation<Row, Input, Failure>(
  mutation: LiveMutation<Row, Input, Failure>,
): Running<Input, Failure> {
  const registry = useRegistry()
  const [pending, setPending] = useState<readonly Input[]>([])
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [error, setError] = useState<Error | null>(null)

  async function run(input: Input): Promise<void> {
    const { rows } = registry.table(mutation.source)
    const intent = mutation.intent?.(input)
    const finish = intent ? rows.intend(intent.id, intent) : rows.take
    const key = crypto.randomUUID()
    setPending((all) => [...all, input])
    setRefusal(null)
    setError(null)
    try {
      const result = await answered(() => mutation.call(input, key))
      finish(result.ok ? result.data : [])
      if (!result.ok) setRefusal(() => result.error)
    } catch (cause) {
      finish([])
      setError(new Error('no answer came', { cause }))
    } finally {
      setPending((all) => all.filter((each) => each !== input))
    }
  }

  return { run, pending, refusal, error }
}
