import { randomUUID } from 'node:crypto'
import { LocationSelect } from '@/components/staff/forms/location-select'
import { TextField } from '@/components/ui/forms/text-field'
import type { Location } from '@/lib/domain/stock/place'
import { UploadButton } from './upload-button'
import { uploadFormWords } from './words'

/** Brings a file and leads to its preview. Renders a `<form>`. */
export function UploadForm({ locations }: { locations: readonly Location[] }) {
  return (
    <form
      action="/staff/import/upload"
      method="post"
      encType="multipart/form-data"
      className="flex flex-wrap items-end gap-4 max-tablet:[&>label]:w-full"
    >
      <input type="hidden" name="idempotency_key" value={randomUUID()} />
      <TextField
        label={uploadFormWords.productOrInventoryCsvUp}
        name="file"
        type="file"
        content="file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
        required
      />
      <LocationSelect label={uploadFormWords.locationForProductQuantities} locations={locations} />
      <UploadButton busy={uploadFormWords.reading}>{uploadFormWords.previewChanges}</UploadButton>
    </form>
  )
}
