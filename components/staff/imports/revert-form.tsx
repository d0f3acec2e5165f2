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
      className="grid max-w-prose gap-3"
    >
      <p className="text-small text-soft">{revertFormWords.revertingRestoresFieldsAndUnits}</p>
      <div className="flex flex-wrap gap-4">
        <SubmitButton busy={revertFormWords.comparing} look="quiet">
          {revertFormWords.revertImport2}
        </SubmitButton>
      </div>
    </ImportForm>
  )
}
