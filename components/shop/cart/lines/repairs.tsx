import { Button } from '@/components/ui/actions/button'
import type { RepairOffer } from '@/lib/domain/cart/repair-offers'
import { repairsWords } from './words'

/** The alternatives, one tap each. Renders buttons of the form around them, or nothing. */
export function Repairs({ offers }: { offers: readonly RepairOffer[] }) {
  if (offers.length === 0) return null
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      {offers.map(({ value, quantity, optionValues }) => (
        <Button key={value} size="large" name="repair" value={value}>
          {optionValues ? insteadWords(quantity, optionValues) : fewerWords(quantity)}
        </Button>
      ))}
    </div>
  )
}

function fewerWords(quantity: number): string {
  return repairsWords.changeQuantityTo(quantity)
}

function insteadWords(quantity: number, optionValues: readonly string[]): string {
  const name = optionValues.join(', ')
  return quantity === 1 ? repairsWords.chooseInstead(name) : repairsWords.chooseInInstead(quantity, name)
}
