'use client'

import { printButtonWords } from '@/components/ui/words'
import { Button } from './button'
import type { ButtonLooks } from './button-look'

/** Opens the print dialog of the browser. Renders a `<button>`. */
export function PrintButton(looks: ButtonLooks) {
  return (
    <Button type="button" {...looks} onClick={() => window.print()}>
      {printButtonWords.print}
    </Button>
  )
}
