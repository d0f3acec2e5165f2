/** Vendure 3.7.3 and Medusa 2.21.2 on such a machine, 64 in flight, one keep-alive pool, no page drawn. Measured 2026-11-22. */
export const peers = {
  limitByCheckout: 'Vendure 510, Medusa 3,100',
  statements: 'Vendure 260, Medusa 574',
  milliseconds: 'Vendure 87, Medusa 710',
  sale: 'Vendure 2,000 orders (next version 508), Medusa 500',
  refusals: 'Medusa: 26 % of those at the pay step were a 500',
}
