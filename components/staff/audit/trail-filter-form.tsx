import { FilterSelect } from '@/components/staff/forms/filter-select'
import { Button } from '@/components/ui/actions/button'
import { FilterForm } from '@/components/ui/forms/filter-form'
import { TextField } from '@/components/ui/forms/text-field'
import { type TrailFilter, trailSubjects } from '@/lib/domain/insight/trail'
import type { StaffRecord } from '@/lib/domain/people/people'
import { subjectWords, trailFilterFormWords } from './words'

/** The filter of the audit trail; its values are in the URL. Renders a `<form role="search">`. */
export function TrailFilterForm({ filter, staff }: { filter: TrailFilter; staff: readonly StaffRecord[] }) {
  return (
    <FilterForm fields={4} action="/staff/audit" label={trailFilterFormWords.auditTrail}>
      <TextField
        label={trailFilterFormWords.nameNumberOrSku}
        type="search"
        name="q"
        defaultValue={filter.q}
        autoComplete="off"
      />
      <Button>{trailFilterFormWords.search}</Button>
      <FilterSelect
        label={trailFilterFormWords.staffMember}
        name="who"
        value={filter.who}
        options={staff.map(({ user_id, name }) => ({ value: user_id, label: name }))}
      />
      <FilterSelect
        label={trailFilterFormWords.subject}
        name="what"
        value={filter.what}
        options={trailSubjects.map((subject) => ({ value: subject, label: subjectWords[subject] }))}
      />
      <TextField label={trailFilterFormWords.fromIt} type="date" name="from" defaultValue={filter.from} />
      <TextField label={trailFilterFormWords.to} type="date" name="to" defaultValue={filter.to} />
    </FilterForm>
  )
}
