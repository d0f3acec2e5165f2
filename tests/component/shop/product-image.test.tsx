import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ProductImage } from '@/components/shop/catalog/product-image'
import { PLACEHOLDER } from '@/lib/domain/products/picture'

const sofa = { title: 'Cream Sofa' }

test('a product with a drawing shows it, with the words for who cannot see it', () => {
  render(<ProductImage product={sofa} picture={{ src: '/art/sofa-sky-butter-4.svg', alt: 'A cream sofa' }} />)

  expect(screen.getByRole('img', { name: 'A cream sofa' })).toHaveProperty(
    'src',
    expect.stringContaining('/art/sofa-sky-butter-4.svg'),
  )
})

test('a product without any picture has the placeholder, called by its title', () => {
  render(<ProductImage product={sofa} picture={null} />)

  expect(screen.getByRole('img', { name: 'Cream Sofa' })).toHaveProperty(
    'src',
    expect.stringContaining(PLACEHOLDER),
  )
})

test('a photo from elsewhere lies over the placeholder and cannot break the page', () => {
  const src = 'https://photos.example/a "nice"%20sofa).jpg'
  const { container } = render(<ProductImage product={sofa} picture={{ src, alt: '' }} />)

  expect(screen.getByRole('img', { name: 'Cream Sofa' })).toHaveProperty(
    'src',
    expect.stringContaining(PLACEHOLDER),
  )
  expect(container.innerHTML).toContain('https://photos.example/a%20%22nice%22%20sofa).jpg')
})
