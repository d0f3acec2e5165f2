import { Row } from '@/components/ui/layout/row'
import { Text } from '@/components/ui/text/text'
import { revertImport } from '@/lib/actions/staff/imports'
import { ImportForm, SubmitButton } from './import-form'
import { revertFormWords } from './words'

/** Leads to what taking an applied import back would do. Renders a `<form>`. */
export function RevertForm({ importId }: { importId: string }) {
  return (
    <ImportForm
      action={revertImport}
      fields={{ import_id: importId }}
      label={revertFormWords.revertImport}
      layout="fields"
    >
      <Text size="small" tone="soft">
        {revertFormWords.revertingRestoresFieldsAndUnits}
      </Text>
      <Row gap={4}>
        <SubmitButton busy={revertFormWords.comparing} look="quiet">
          {revertFormWords.revertImport2}
        </SubmitButton>
      </Row>
    </ImportForm>
  )
}
