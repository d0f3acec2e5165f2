'use client'

import type { ReactNode } from 'react'
import { FormStatus } from '@/components/staff/forms/form-status'
import { SubmitButton } from '@/components/staff/forms/submit-button'
import { refusalWords, refusedField } from '@/components/staff/shell/refusal-words'
import { Button } from '@/components/ui/actions/button'
import { Notice } from '@/components/ui/feedback/notice'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { type FormAction, useForm } from '@/lib/client/forms/use-form'
import type { Refusal } from '@/lib/domain/core/refusal'
import { useNewest } from './use-newest'
import { settingProblems, settingsWords } from './words'

/** The row that a form edits: its version moves with every change, 0 for what does not exist yet. */
interface Editable {
  version: number
}

/** A row as a form shows it. */
export interface Edited<Value> {
  shown: Value
  /** The words beside a field that the shop refused. */
  problem: (name: string) => string | undefined
  /** A field that is named after the value it edits. */
  field: (name: keyof Value & string) => {
    id: string
    name: string
    defaultValue: string
    problem: string | undefined
  }
}

/**
 * A form that edits one row, with its button: the saves of others are shown or announced, never overwritten. Renders
 * a `<form>`.
 *
 * @param id the first part of the ids of its fields.
 * @param fields hidden fields that name the row.
 */
export function EditForm<Value extends Editable>({
  label,
  id = 'setting',
  latest,
  action,
  fields = {},
  save = settingsWords.save,
  done = settingsWords.saved,
  children,
}: {
  label: string
  id?: string
  latest: Value
  action: FormAction<{ ok: boolean; error?: Refusal }>
  fields?: Readonly<Record<string, string>>
  save?: string
  done?: string
  children: (edited: Edited<Value>) => ReactNode
}) {
  const { shown, isOlder, setIsTouched, showNewest } = useNewest(latest)
  const form = useForm(action, {
    onAnswer: (answer, { form: sent }) => {
      if (!answer.ok) return
      setIsTouched(false)
      if (latest.version === 0) sent?.reset()
    },
  })
  const refusal = form.isPending ? undefined : form.answer?.error
  const refused = refusal && refusedField(refusal)
  const problem = (name: string) => (name === refused ? settingProblems[name] : undefined)
  const field = (name: keyof Value & string) => ({
    id: `${id}-${name}`,
    name,
    defaultValue: String(shown[name]),
    problem: problem(name),
  })
  return (
    <Stack
      as="form"
      gap={6}
      width="form"
      {...form.props}
      aria-label={label}
      onInput={() => setIsTouched(true)}
    >
      {Object.entries({ ...fields, expected: shown.version || '' }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {isOlder && (
        <Notice tone="sun" role="alert">
          {settingsWords.changedElsewhere}
          <Button type="button" onClick={showNewest}>
            {settingsWords.showNewer}
          </Button>
        </Notice>
      )}
      <Stack gap={8} key={shown.version}>
        {children({ shown, problem, field })}
      </Stack>
      <Row gap={4}>
        <SubmitButton label={save} busy={settingsWords.saving} />
        <FormStatus form={form} done={done} look="answer" words={wordsOf} />
      </Row>
    </Stack>
  )
}

function wordsOf(refusal: Refusal): string {
  const field = refusedField(refusal)
  return field && field in settingProblems ? settingsWords.checkField : refusalWords(refusal, [])
}
