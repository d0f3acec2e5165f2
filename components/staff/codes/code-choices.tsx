import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import type { CodeChoice } from '@/lib/domain/codes/choice'
import { codeWords, nameOfChoice } from './words'

/**
 * The variants that share a code, side by side, for a person to choose from. Renders a `<fieldset>` of buttons.
 */
export function CodeChoices({
  code,
  choices,
  onChoose,
}: {
  code: string
  choices: readonly CodeChoice[]
  onChoose: (choice: CodeChoice) => void
}) {
  return (
    <fieldset className="grid gap-2 rounded-small border border-low p-3">
      <legend className="px-1 font-medium text-small">{codeWords.whichOne(code)}</legend>
      <Stack gap={2} columns={2}>
        {choices.map((choice) => (
          <button
            key={choice.variant_id}
            type="button"
            onClick={() => onChoose(choice)}
            className="grid min-h-14 gap-0.5 rounded-small border border-field px-3 py-2 text-left text-small hover:bg-raised"
          >
            <Text as="span" weight="medium">
              {nameOfChoice(choice)}
            </Text>
            <Text as="span" size="fine" tone="soft" figures>
              {[choice.sku, choice.barcode].filter(Boolean).join(' · ')}
            </Text>
          </button>
        ))}
      </Stack>
    </fieldset>
  )
}
