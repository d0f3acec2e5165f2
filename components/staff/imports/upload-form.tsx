import { randomUUID } from 'node:crypto'
import { fieldBox, labelText } from '@/components/staff/forms/controls'
import { LocationSelect } from '@/components/staff/forms/location-select'
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
      <label className="grid min-w-0 gap-1">
        <span className={labelText}>{uploadFormWords.productOrInventoryCsvUp}</span>
        <input
          className={`${fieldBox} max-w-full pt-1.5 file:me-3 file:cursor-pointer file:font-medium`}
          name="file"
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
          required
        />
      </label>
      <LocationSelect label={uploadFormWords.locationForProductQuantities} locations={locations} />
      <UploadButton busy={uploadFormWords.reading}>{uploadFormWords.previewChanges}</UploadButton>
    </form>
  )
}
