import Form from 'next/form'
import { fieldBox, labelText, quietButton } from '@/components/staff/forms/controls'
import { FilterSelect } from '@/components/staff/forms/filter-select'
import { type TrailFilter, trailSubjects } from '@/lib/domain/insight/trail'
import type { StaffRecord } from '@/lib/domain/people/people'
import { subjectWords, trailFilterFormWords } from './words'

/** Narrows the trail; everything stands in the URL. Renders a `<form role="search">`. */
export function TrailFilterForm({
  filter,
  colleagues,
}: {
  filter: TrailFilter
  colleagues: readonly StaffRecord[]
}) {
  return (
    <Form
      action="/staff/audit"
      role="search"
      aria-label={trailFilterFormWords.auditTrail}
      className="grid grid-cols-4 items-end gap-3 desktop:grid-cols-[2fr_1fr_1fr_auto_auto_auto]"
    >
      <label className="col-span-4 grid gap-1 desktop:col-span-1">
        <span className={labelText}>{trailFilterFormWords.nameNumberOrSku}</span>
        <input type="search" name="q" defaultValue={filter.q} autoComplete="off" className={fieldBox} />
      </label>
      <FilterSelect
        label={trailFilterFormWords.staffMember}
        name="who"
        value={filter.who}
        options={colleagues.map(({ user_id, name }) => ({ value: user_id, label: name }))}
      />
      <FilterSelect
        label={trailFilterFormWords.subject}
        name="what"
        value={filter.what}
        options={trailSubjects.map((subject) => ({ value: subject, label: subjectWords[subject] }))}
      />
      <label className="col-span-2 grid gap-1 desktop:col-span-1">
        <span className={labelText}>{trailFilterFormWords.fromIt}</span>
        <input type="date" name="from" defaultValue={filter.from} className={fieldBox} />
      </label>
      <label className="col-span-2 grid gap-1 desktop:col-span-1">
        <span className={labelText}>{trailFilterFormWords.to}</span>
        <input type="date" name="to" defaultValue={filter.to} className={fieldBox} />
      </label>
      <button type="submit" className={`${quietButton} col-span-4 desktop:col-span-1`}>
        {trailFilterFormWords.search}
      </button>
    </Form>
  )
}
