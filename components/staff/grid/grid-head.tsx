import { LevelHeadings } from './level-cells'
import { gridHeadWords } from './words'

/** The headings of the grid, at the top of the window while one scrolls. Renders a `<thead>`. */
export function GridHead({
  mayAdjust,
  mayChoose,
  isRunning,
  hasChosen,
}: {
  /** Whether who looks at it changes stock, here or elsewhere. */
  mayAdjust: boolean
  /** Whether any of the levels listed is theirs to change. */
  mayChoose: boolean
  isRunning: boolean
  hasChosen: boolean
}) {
  return (
    <thead className="bg-ground max-desktop:block desktop:sticky desktop:top-0 desktop:z-10 desktop:shadow-[0_1px_0_var(--color-line)]">
      <tr
        aria-rowindex={isRunning ? 1 : undefined}
        className="text-left text-fine text-soft max-desktop:block [&>th]:py-2 [&>th]:font-normal"
      >
        <th scope="col" className="max-desktop:sr-only">
          {gridHeadWords.variant}
        </th>
        <th scope="col" className="w-40 max-desktop:block">
          {mayChoose ? (
            <label className="flex min-h-6 cursor-pointer items-center gap-2.5">
              <input
                type="checkbox"
                checked={hasChosen}
                readOnly
                disabled={!isRunning}
                aria-label={gridHeadWords.selectAllLevelsListed}
                className="size-4 shrink-0 disabled:invisible"
              />
              <span className="max-desktop:hidden">{gridHeadWords.location}</span>
              <span className="desktop:hidden">{gridHeadWords.selectAll}</span>
            </label>
          ) : (
            <span className="max-desktop:sr-only">{gridHeadWords.location}</span>
          )}
        </th>
        <LevelHeadings />
        {mayAdjust && (
          <th scope="col" className="w-78 ps-8 max-desktop:sr-only">
            {gridHeadWords.adjust}
          </th>
        )}
      </tr>
    </thead>
  )
}
