import { fieldBox, labelText, quietButton } from '@/components/staff/forms/controls'
import type { Location } from '@/lib/domain/stock/place'

/** The files that leave the shop. Renders a `<div>` with a form for each: a browser saves what it answers. */
export function ExportSection({ locations }: { locations: readonly Location[] }) {
  return (
    <div className="grid gap-8 tablet:grid-cols-2">
      <form action="/staff/export/inventory.csv" className="grid content-start gap-3">
        <h2 className="display text-title">Export inventory</h2>
        <p className="text-small text-soft">
          One line per variant and location. Enter new quantities in “On hand (new)” and import the file.
          Sales since the export are taken into account.
        </p>
        <div className="flex flex-wrap items-end gap-3">
          <label className="grid min-w-0 gap-1">
            <span className={labelText}>Location</span>
            <select name="location" className={fieldBox}>
              <option value="">All locations</option>
              {locations.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" className={quietButton}>
            Download inventory CSV
          </button>
        </div>
      </form>
      <form action="/staff/export/products.csv" className="grid content-start gap-3">
        <h2 className="display text-title">Export products</h2>
        <p className="text-small text-soft">
          Texts, prices and pictures of all products, including drafts and archived products, in Shopify’s
          format.
        </p>
        <div>
          <button type="submit" className={quietButton}>
            Download product CSV
          </button>
        </div>
      </form>
    </div>
  )
}
