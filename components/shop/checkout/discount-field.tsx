import { Button } from '@/components/ui/actions/button'
import { TextField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { Text } from '@/components/ui/text/text'
import type { Quote } from '@/lib/domain/checkout/totals'
import { discountFieldWords as words } from './words'

/**
 * The discount of the cart: the code that was entered, with a button to remove it, or a field for one. It is part of the
 * checkout form, after its button; a code in the field is applied before anything is ordered. Renders a `<div>`.
 */
export function DiscountField({ discount, isBusy }: { discount: Quote['discount']; isBusy: boolean }) {
  if (discount?.code) {
    return (
      <Row align="baseline" spread>
        <Text role="status" tone={discount.applies ? 'ink' : 'low'}>
          {discount.applies ? words.applied(discount.code) : words.doesNotApply(discount.code)}
        </Text>
        <Button size="large" name="discount" value="remove" aria-disabled={isBusy || undefined}>
          {words.remove}
        </Button>
      </Row>
    )
  }
  return (
    <Row align="end" isLine>
      <TextField
        size="large"
        id="code"
        name="code"
        label={words.code}
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
      />
      <Button size="large" name="discount" value="apply" aria-disabled={isBusy || undefined}>
        {words.apply}
      </Button>
    </Row>
  )
}
