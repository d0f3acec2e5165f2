import type { ReactNode } from 'react'

/** Content, and a part that stays at the foot of the window: also below a few rows. Renders a `<div>`. */
export function WithFoot({ foot, children }: { foot: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-[calc(100dvh-12rem)] min-w-0 flex-col gap-[inherit]">
      {children}
      <div className="sticky bottom-0 z-20 -mx-(--gutter) mt-auto">{foot}</div>
    </div>
  )
}
