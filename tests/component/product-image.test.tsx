import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ProductImage } from '@/components/catalog/product-image'

const sofa = { title: 'Cream Sofa', handle: 'cream-sofa', category: 'Indoor' }

test('a product with a drawing shows it, with the words for who cannot see it', () => {
  render(<ProductImage product={sofa} picture={{ src: '/art/sofa-sky-butter-4.svg', alt: 'A cream sofa' }} />)

  expect(screen.getByRole('img', { name: 'A cream sofa' })).toHaveProperty(
    'src',
    expect.stringContaining('/art/sofa-sky-butter-4.svg'),
  )
})

test('a product without any picture is drawn from its title', () => {
  render(<ProductImage product={sofa} picture={null} />)

  expect(screen.getByRole('img', { name: 'Cream Sofa' })).toHaveProperty(
    'src',
    expect.stringMatching(/\/art\/sofa-[a-z]+-butter-\d+\.svg$/),
  )
})

test('a photo from elsewhere lies over the drawing and cannot break the page', () => {
  const src = 'https://photos.example/a "nice"%20sofa).jpg'
  const { container } = render(<ProductImage product={sofa} picture={{ src, alt: '' }} />)

  expect(screen.getByRole('img', { name: 'Cream Sofa' })).toHaveProperty(
    'src',
    expect.stringContaining('/art/sofa-'),
  )
  expect(container.innerHTML).toContain('https://photos.example/a%20%22nice%22%20sofa).jpg')
})
