import { quietButton } from '@/components/staff/forms/controls'
import { ImportForm } from '@/components/staff/imports/import-form'
import { questionListWords } from '@/components/staff/imports/words'
import { signed } from '@/components/staff/shell/words'
import { because } from '@/components/staff/stock/because'
import { answerImport } from '@/lib/actions/staff/imports'
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
          {questionListWords.changedSinceTheExport}
        </h2>
        <p className="max-w-prose text-small text-soft">{questionListWords.byDefaultYourChangeIs}</p>
        {questions.length > 1 && (
          <ImportForm
            action={answerImport}
            fields={{ import_id: importId }}
            label={questionListWords.allOfTheseLines}
            className="flex flex-wrap gap-2"
          >
            {importChoices.map((choice) => (
              <button key={choice} type="submit" name="choice" value={choice} className={quietButton}>
                {wordsForAll[choice]}
              </button>
            ))}
          </ImportForm>
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

const wordsForAll = {
  add: questionListWords.addAllChanges,
  set: questionListWords.setAllToTheFiles,
  skip: questionListWords.skipAll,
}

function Question({ importId, question }: { importId: string; question: ImportQuestion }) {
  const { line, title, option_values, sku, location, unavailable, choice, result, repeats } = question
  return (
    <ImportForm
      action={answerImport}
      fields={{ import_id: importId, line }}
      label={questionListWords.lineAt(line, sku, location)}
      className="grid gap-2 rounded-small border border-line bg-raised px-4 py-3 text-small"
    >
      <p>
        <span className="font-medium">{[title, ...option_values].join(', ')}</span>{' '}
        <span className="text-soft">
          {sku}, {location}
          {questionListWords.line} {line}
        </span>
      </p>
      <p className="figures">{numbers(question)}</p>
      {repeats && (
        <p className="text-soft">
          {repeats} {questionListWords.alreadyAppliedThisLine}
        </p>
      )}
      {result < unavailable && (
        <p className="text-danger">
          {questionListWords.thisWouldLeave} {result}
          {questionListWords.fewerThanThe} {unavailable} {questionListWords.heldCommittedOrKeptAs}
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
    </ImportForm>
  )
}

/** "The file says 15, exported when it was 12. It is 9 now, because orders 1041 and 1043 sold 3." */
function numbers({ expected, counted, on_hand, movements }: ImportQuestion): string {
  const then = expected === null ? '' : questionListWords.exportedWhenItWas(expected)
  const why = movements.length > 0 ? questionListWords.because(because(movements)) : ''
  return questionListWords.theFileSaysItIs(counted, then, on_hand, why)
}

function choices({ expected, counted, on_hand }: ImportQuestion) {
  const difference = expected === null ? null : counted - expected
  return [
    ...(difference === null
      ? []
      : [
          {
            choice: 'add',
            words: questionListWords.makeIt(
              difference < 0 ? questionListWords.remove : questionListWords.add,
              Math.abs(difference),
              on_hand + difference,
            ),
          },
        ]),
    { choice: 'set', words: questionListWords.setTo(counted, signed(counted - on_hand)) },
    { choice: 'skip', words: questionListWords.skipKeep(on_hand) },
  ]
}
