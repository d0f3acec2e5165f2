import { Button } from '@/components/ui/actions/button'
import { TextField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { ExportForm } from './export-form'
import { ordersExportWords as words } from './words'

/** The orders of a period as a file. Renders a `<form>`. */
export function OrdersExport() {
  return (
    <ExportForm file="orders" title={words.title} about={words.about}>
      <Row align="end">
        <TextField id="orders-from" name="from" type="date" label={words.from} />
        <TextField id="orders-to" name="to" type="date" label={words.to} />
        <Button>{words.download}</Button>
      </Row>
    </ExportForm>
  )
}
