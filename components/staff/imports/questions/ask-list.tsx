import { quietButton } from '@/components/staff/forms/controls'
import { ImportForm } from '@/components/staff/imports/import-form'
import { askListWords } from '@/components/staff/imports/words'
import { answerAsks } from '@/lib/actions/staff/imports'
import { asks as askWords } from '@/lib/domain/imports/finding'
import type { ImportAsk } from '@/lib/domain/imports/preview'
import { shorten } from '@/lib/domain/imports/problem'

const choiceButton = `${quietButton} aria-pressed:border-ink aria-pressed:bg-sunken`

/**
 * Cells of a file that may be wrong, by kind, each with its count, the first of them and what to do with all of them. The
 * answer that holds is pressed. Renders a `<section>` with a form for each kind.
 */
export function AskList({ importId, asks }: { importId: string; asks: readonly ImportAsk[] }) {
  return (
    <section aria-labelledby="asks-heading" className="grid gap-4">
      <header className="grid gap-2">
        <h2 id="asks-heading" className="display text-title">
          {askListWords.questionsAboutThisFile}
        </h2>
        <p className="max-w-prose text-small text-soft">{askListWords.eachAnswerIsForAll}</p>
      </header>
      <ul className="grid gap-3">
        {asks.map((ask) => (
          <li key={ask.kind}>
            <Ask importId={importId} ask={ask} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Ask({
  importId,
  ask: { kind, count, answer, choices, examples },
}: {
  importId: string
  ask: ImportAsk
}) {
  const { question, words } = askWords[kind]
  const offered = Object.entries<string>(words).filter(([choice]) => choices.some((one) => one === choice))
  return (
    <ImportForm
      action={answerAsks}
      fields={{ import_id: importId, kind }}
      label={question}
      className="grid gap-2 rounded-small border border-line bg-raised px-4 py-3 text-small"
    >
      <p>
        <span className="font-medium">{question}</span>{' '}
        <span className="text-soft">{askListWords.cells(count)}</span>
      </p>
      <ul className="figures grid text-soft">
        {examples.map(({ line, column, value }) => (
          <li key={`${line} ${column}`} className="wrap-anywhere">
            {askListWords.example(line, column, shorten(value))}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        {offered.map(([choice, label]) => (
          <button
            key={choice}
            type="submit"
            name="answer"
            value={choice}
            aria-pressed={choice === answer}
            className={choiceButton}
          >
            {label}
          </button>
        ))}
      </div>
    </ImportForm>
  )
}
