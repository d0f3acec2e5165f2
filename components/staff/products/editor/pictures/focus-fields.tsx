import { Row } from '@/components/ui/layout/row'
import { Text } from '@/components/ui/text/text'
import type { SheetPicture } from '@/lib/domain/products/editing/sheet'
import { pictureFieldsWords } from './words'

/** The point of a photo that frames keep visible, as two sliders; the picture beside them shows it. */
export function FocusFields({
  name,
  which,
  picture,
  onChange,
}: {
  name: string
  which: string
  picture: SheetPicture
  onChange: (picture: SheetPicture) => void
}) {
  const slider = (field: 'focus_x' | 'focus_y', label: string) => (
    <Row as="label" gap={2} align="center">
      <Text as="span" size="fine" tone="soft">
        {label}
      </Text>
      <input
        type="range"
        min={0}
        max={100}
        name={`${name}.${field}`}
        value={picture[field]}
        onChange={(event) => onChange({ ...picture, [field]: Number(event.target.value) })}
        aria-label={pictureFieldsWords.focusOf(label, which)}
      />
    </Row>
  )
  return (
    <Row gap={2}>
      <input type="hidden" name={`${name}.src`} value={picture.src} />
      {slider('focus_x', pictureFieldsWords.acrossFocus)}
      {slider('focus_y', pictureFieldsWords.downFocus)}
    </Row>
  )
}
