import { expect, test } from 'vitest'
import { fits, shopperForm, staffForm } from '@/lib/domain/forms/form-size'

function formOf(fields: number, value = 'x'): FormData {
  const form = new FormData()
  for (let n = 0; n < fields; n += 1) form.append(`field${n}`, value)
  return form
}

test('a form of a shopper has a few short fields', () => {
  expect(fits(formOf(shopperForm.fields), shopperForm)).toBe(true)
  expect(fits(formOf(shopperForm.fields + 1), shopperForm)).toBe(false)
  expect(fits(formOf(1, 'x'.repeat(shopperForm.value)), shopperForm)).toBe(true)
  expect(fits(formOf(1, 'x'.repeat(shopperForm.value + 1)), shopperForm)).toBe(false)
})

test('one field sent many times is as many fields', () => {
  const form = new FormData()
  for (let n = 0; n <= shopperForm.fields; n += 1) form.append('quantity', '1')
  expect(fits(form, shopperForm)).toBe(false)
})

test('a file is not measured here, and a name is short', () => {
  const form = new FormData()
  form.append('file', new File(['x'.repeat(staffForm.value + 1)], 'catalogue.csv'))
  expect(fits(form, staffForm)).toBe(true)
  form.append('x'.repeat(201), '')
  expect(fits(form, staffForm)).toBe(false)
})

test.for([null, undefined, 'form', 7, {}, [['a', 'b']]])('%s is no form', (sent) => {
  expect(fits(sent, staffForm)).toBe(false)
})
