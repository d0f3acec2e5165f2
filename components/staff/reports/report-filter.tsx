import { Button } from '@/components/ui/actions/button'
import { SelectField, TextField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { reportSteps } from '@/lib/domain/insight/sales-report'
import { reportFilterWords as words } from './words'

/** The days of a report and its periods; the values are in the URL. Renders a `<form>` that also saves the file. */
export function ReportFilterForm({ first, last, step }: { first: string; last: string; step: string }) {
  return (
    <Row as="form" align="end" aria-label={words.report} action="/staff/reports">
      <TextField id="report-from" name="from" type="date" label={words.from} defaultValue={first} />
      <TextField id="report-to" name="to" type="date" label={words.to} defaultValue={last} />
      <SelectField id="report-step" name="step" label={words.by} defaultValue={step}>
        {reportSteps.map((each) => (
          <option key={each} value={each}>
            {words[each]}
          </option>
        ))}
      </SelectField>
      <Button>{words.show}</Button>
      <Button formAction="/staff/reports/sales.csv">{words.download}</Button>
    </Row>
  )
}
