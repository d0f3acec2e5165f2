import { Button } from '@/components/ui/actions/button'
import { Row } from '@/components/ui/layout/row'
import { applyImport, discardImport } from '@/lib/actions/staff/imports'
import { changeCount, type ImportPreview } from '@/lib/domain/imports/preview'
import { ImportForm, SubmitButton } from './import-form'
import { decisionWords } from './words'

/** The question after a preview: apply it, or throw it away. Renders two forms, or one when there is nothing to apply. */
export function Decision({ preview: { import: record, conflicts, asks } }: { preview: ImportPreview }) {
  const count = changeCount(record.summary)
  const isBlocked = conflicts.length > 0
  const isAsked = asks.some(({ answer }) => answer === null)
  const words = record.reverts ? revertWords : importWords
  return (
    <Row as="section" gap={4} align="center" aria-label={decisionWords.decision}>
      {isBlocked && (
        <p>
          {record.kind === 'inventory' && decisionWords.skipTheseLinesAboveOr}
          {record.kind === 'products' && decisionWords.correct}
          {decisionWords.theseLinesAndUploadThe}
        </p>
      )}
      {isAsked && !isBlocked && <p>{decisionWords.answerTheQuestions}</p>}
      {count === 0 && !isBlocked && !isAsked && <p>{words.nothing}</p>}
      {count > 0 && !isBlocked && !isAsked && (
        <ImportForm
          action={applyImport}
          // Yes to the difference that is shown and to no other.
          fields={{ import_id: record.id, seen: record.summary.fingerprint }}
          layout="line"
        >
          <SubmitButton busy={words.busy}>
            {`${words.verb} ${count === 1 ? '1 change' : decisionWords.changes(count)}`}
          </SubmitButton>
        </ImportForm>
      )}
      <ImportForm action={discardImport} fields={{ import_id: record.id }}>
        <Button>{words.discard}</Button>
      </ImportForm>
    </Row>
  )
}

const importWords = {
  nothing: decisionWords.theShopAlreadyMatchesThis,
  verb: decisionWords.importIt,
  busy: decisionWords.importing,
  discard: decisionWords.discard,
}

const revertWords = {
  nothing: decisionWords.nothingFromThisImportCan,
  verb: decisionWords.revert,
  busy: decisionWords.reverting,
  discard: decisionWords.keepImport,
}
