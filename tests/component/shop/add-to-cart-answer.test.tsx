import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { AddToCartAnswer } from '@/components/shop/cart/add-to-cart-answer'
import type { Form } from '@/lib/client/forms/use-form'
import type { CartAnswer } from '@/lib/domain/cart/cart-answer'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { ProductFace, Variant } from '@/lib/domain/products/product'

const variant: Variant = {
  id: '00000000-0000-4000-8000-000000000001',
  sku: 'JUG-1',
  optionValues: [],
  price: { minor: 100, currency: 'EUR' },
  compareAt: null,
}
const product: ProductFace = { id: 'p', handle: 'jug', isWide: false, variants: [variant] }

function renderRefusal(error: Refusal): void {
  const form = {
    answer: { ok: false, error },
    isPending: false,
    isUnanswered: false,
  } as Form<CartAnswer>
  render(
    <AddToCartAnswer product={product} variant={variant} form={form} asked={1} inCart={1} posted={null} />,
  )
}

test('the refusal of a paused reservation leads to the cart, where the line can be ordered', () => {
  renderRefusal({ code: 'hold_paused', detail: { variant_id: variant.id, retry_after_seconds: 600 } })

  expect(screen.getByRole('link', { name: 'View cart' }).getAttribute('href')).toBe('/cart')
})

test('another refusal has no link to the cart', () => {
  renderRefusal({ code: 'too_many_requests', detail: { retry_after_seconds: 5 } })

  expect(screen.queryByRole('link')).toBeNull()
})
