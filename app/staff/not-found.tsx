import type { Metadata } from 'next'
import { Apology } from '@/components/shell/apology'
import { Link } from '@/components/ui/link'

export const metadata: Metadata = { title: 'Not here' }

export default function StaffNotFound() {
  return (
    <main>
      <Apology title="No such thing." picture="/art/basket-sea-sand-5.svg">
        <p>This address leads to nothing we keep. Perhaps a letter slipped.</p>
        <p className="mt-6 text-body">
          <Link href="/staff" className="underlined text-link">
            Back to the inventory
          </Link>
        </p>
      </Apology>
    </main>
  )
}
