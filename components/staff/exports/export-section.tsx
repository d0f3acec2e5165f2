import { fieldBox, labelText, quietButton } from '@/components/staff/forms/controls'
import type { Location } from '@/lib/domain/stock/place'
import { exportSectionWords } from './words'

/** The files that leave the shop. Renders a `<div>` with a form for each: a browser saves what it answers. */
export function ExportSection({ locations }: { locations: readonly Location[] }) {
  return (
    <div className="grid gap-8 tablet:grid-cols-2">
      <form action="/staff/export/inventory.csv" className="grid content-start gap-3">
        <h2 className="display text-title">{exportSectionWords.exportInventory}</h2>
        <p className="text-small text-soft">{exportSectionWords.oneLinePerVariantAnd}</p>
        <div className="flex flex-wrap items-end gap-3">
          <label className="grid min-w-0 gap-1">
            <span className={labelText}>{exportSectionWords.location}</span>
            <select name="location" className={fieldBox}>
              <option value="">{exportSectionWords.allLocations}</option>
              {locations.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" className={quietButton}>
            {exportSectionWords.downloadInventoryCsv}
          </button>
        </div>
      </form>
      <form action="/staff/export/products.csv" className="grid content-start gap-3">
        <h2 className="display text-title">{exportSectionWords.exportProducts}</h2>
        <p className="text-small text-soft">{exportSectionWords.textsPricesAndPicturesOf}</p>
        <div>
          <button type="submit" className={quietButton}>
            {exportSectionWords.downloadProductCsv}
          </button>
        </div>
      </form>
    </div>
  )
}
