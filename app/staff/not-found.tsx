import type { Metadata } from 'next'
import { Apology } from '@/components/shell/apology'
import { Link } from '@/components/ui/link'

export const metadata: Metadata = { title: 'Page not found' }

export default function StaffNotFound() {
  return (
    <main>
      <Apology title="We can’t find that page." picture="/art/basket-sea-sand-5.svg">
        <p>Check the address, or go back to the inventory.</p>
        <p className="mt-6 text-body">
          <Link href="/staff" className="underlined text-link">
            Back to the inventory
          </Link>
        </p>
      </Apology>
    </main>
  )
}
