import { ImportForm } from '@/components/staff/imports/import-form'
import { questionListWords } from '@/components/staff/imports/words'
import { signed } from '@/components/staff/shell/words'
import { because } from '@/components/staff/stock/because'
import { Button } from '@/components/ui/actions/button'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { answerImport } from '@/lib/actions/staff/imports'
import { type ImportQuestion, importChoices } from '@/lib/domain/imports/preview'

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
    <Stack as="section" gap={4} aria-labelledby="questions-heading">
      <Stack as="header" gap={3}>
        <Heading level={2} id="questions-heading">
          {questionListWords.changedSinceTheExport}
        </Heading>
        <Text size="small" tone="soft" prose>
          {questionListWords.byDefaultYourChangeIs}
        </Text>
        {questions.length > 1 && (
          <ImportForm
            action={answerImport}
            fields={{ import_id: importId }}
            label={questionListWords.allOfTheseLines}
            layout="line"
          >
            {importChoices.map((choice) => (
              <Button key={choice} name="choice" value={choice}>
                {wordsForAll[choice]}
              </Button>
            ))}
          </ImportForm>
        )}
      </Stack>
      <Stack as="ul" gap={3}>
        {questions.map((question) => (
          <li key={question.line}>
            <Question importId={importId} question={question} />
          </li>
        ))}
      </Stack>
    </Stack>
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
      layout="question"
    >
      <p>
        <Text as="span" weight="medium">
          {[title, ...option_values].join(', ')}
        </Text>{' '}
        <Text as="span" tone="soft">
          {sku}, {location}
          {questionListWords.line} {line}
        </Text>
      </p>
      <Text figures>{numbers(question)}</Text>
      {repeats && (
        <Text tone="soft">
          {repeats} {questionListWords.alreadyAppliedThisLine}
        </Text>
      )}
      {result < unavailable && (
        <Text tone="danger">
          {questionListWords.thisWouldLeave} {result}
          {questionListWords.fewerThanThe} {unavailable} {questionListWords.heldCommittedOrKeptAs}
        </Text>
      )}
      <Row gap={2}>
        {choices(question).map((offered) => (
          <Button
            key={offered.choice}
            name="choice"
            value={offered.choice}
            aria-pressed={offered.choice === choice}
          >
            {offered.words}
          </Button>
        ))}
      </Row>
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
