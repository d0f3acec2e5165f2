import { ImportForm } from '@/components/staff/imports/import-form'
import { askListWords } from '@/components/staff/imports/words'
import { Button } from '@/components/ui/actions/button'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { answerAsks } from '@/lib/actions/staff/imports'
import { asks as askWords } from '@/lib/domain/imports/finding'
import type { ImportAsk } from '@/lib/domain/imports/preview'
import { shorten } from '@/lib/domain/imports/problem'

/**
 * Cells of a file that may be wrong, by kind, each with its count, the first of them and what to do with all of them. The
 * answer that holds is pressed. Renders a `<section>` with a form for each kind.
 */
export function AskList({ importId, asks }: { importId: string; asks: readonly ImportAsk[] }) {
  return (
    <Stack as="section" gap={4} aria-labelledby="asks-heading">
      <Stack as="header" gap={2}>
        <Heading level={2} id="asks-heading">
          {askListWords.questionsAboutThisFile}
        </Heading>
        <Text size="small" tone="soft" prose>
          {askListWords.eachAnswerIsForAll}
        </Text>
      </Stack>
      <Stack as="ul" gap={3}>
        {asks.map((ask) => (
          <li key={ask.kind}>
            <Ask importId={importId} ask={ask} />
          </li>
        ))}
      </Stack>
    </Stack>
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
    <ImportForm action={answerAsks} fields={{ import_id: importId, kind }} label={question} layout="question">
      <p>
        <Text as="span" weight="medium">
          {question}
        </Text>{' '}
        <Text as="span" tone="soft">
          {askListWords.cells(count)}
        </Text>
      </p>
      <Text as="ul" tone="soft" figures>
        {examples.map(({ line, column, value }) => (
          <Text key={`${line} ${column}`} as="li" breaks>
            {askListWords.example(line, column, shorten(value))}
          </Text>
        ))}
      </Text>
      <Row gap={2}>
        {offered.map(([choice, label]) => (
          <Button key={choice} name="answer" value={choice} aria-pressed={choice === answer}>
            {label}
          </Button>
        ))}
      </Row>
    </ImportForm>
  )
}
