import { quietButton } from '@/components/staff/forms/controls'
import { signed } from '@/components/staff/shell/words'
import { because } from '@/components/staff/stock/because'
import { answerQuestion } from '@/lib/actions/staff/imports'
import { type ImportQuestion, importChoices } from '@/lib/domain/imports/preview'

const choiceButton = `${quietButton} aria-pressed:border-ink aria-pressed:bg-sunken`

/**
 * Lines whose number moved since the file was exported: what the file says, what it is now and why, and what to do with
 * it. The choice that holds is pressed. Renders a `<section>` with a form for each line, and one for all.
 */
export function QuestionList({
  importId,
  questions,
}: {
  importId: string
  questions: readonly ImportQuestion[]
}) {
  return (
    <section aria-labelledby="questions-heading" className="grid gap-4">
      <header className="grid gap-3">
        <h2 id="questions-heading" className="display text-title">
          Changed since the export
        </h2>
        <p className="max-w-prose text-small text-soft">
          By default, your change is added to current stock, so sales and deliveries since the export are
          kept.
        </p>
        {questions.length > 1 && (
          <form action={answerQuestion} className="flex flex-wrap gap-2" aria-label="All of these lines">
            <input type="hidden" name="import_id" value={importId} />
            {importChoices.map((choice) => (
              <button key={choice} type="submit" name="choice" value={choice} className={quietButton}>
                {wordsForAll[choice]}
              </button>
            ))}
          </form>
        )}
      </header>
      <ul className="grid gap-3">
        {questions.map((question) => (
          <li key={question.line}>
            <Question importId={importId} question={question} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const wordsForAll = { add: 'Add all changes', set: 'Set all to the file’s numbers', skip: 'Skip all' }

function Question({ importId, question }: { importId: string; question: ImportQuestion }) {
  const { line, title, option_values, sku, location, promised, choice, result, repeats } = question
  return (
    <form
      action={answerQuestion}
      aria-label={`Line ${line}, ${sku} at ${location}`}
      className="grid gap-2 rounded-small border border-line bg-raised px-4 py-3 text-small"
    >
      <input type="hidden" name="import_id" value={importId} />
      <input type="hidden" name="line" value={line} />
      <p>
        <span className="font-medium">{[title, ...option_values].join(', ')}</span>{' '}
        <span className="text-soft">
          {sku}, {location}, line {line}
        </span>
      </p>
      <p className="figures">{numbers(question)}</p>
      {repeats && <p className="text-soft">{repeats} already applied this line.</p>}
      {result < promised && (
        <p className="text-danger">
          This would leave {result}, fewer than the {promised} held, committed or kept as safety stock.
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {choices(question).map((offered) => (
          <button
            key={offered.choice}
            type="submit"
            name="choice"
            value={offered.choice}
            aria-pressed={offered.choice === choice}
            className={choiceButton}
          >
            {offered.words}
          </button>
        ))}
      </div>
    </form>
  )
}

/** "The file says 15, exported when it was 12. It is 9 now, because orders 1041 and 1043 sold 3." */
function numbers({ expected, counted, on_hand, movements }: ImportQuestion): string {
  const then = expected === null ? '' : `, exported when it was ${expected}`
  const why = movements.length > 0 ? `, because ${because(movements)}` : ''
  return `The file says ${counted}${then}. It is ${on_hand} now${why}.`
}

function choices({ expected, counted, on_hand }: ImportQuestion) {
  const difference = expected === null ? null : counted - expected
  return [
    ...(difference === null
      ? []
      : [
          {
            choice: 'add',
            words: `${difference < 0 ? 'Remove' : 'Add'} ${Math.abs(difference)}: make it ${on_hand + difference}`,
          },
        ]),
    { choice: 'set', words: `Set to ${counted} (${signed(counted - on_hand)})` },
    { choice: 'skip', words: `Skip: keep ${on_hand}` },
  ]
}
