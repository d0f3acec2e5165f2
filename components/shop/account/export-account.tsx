import { LinkButton } from '@/components/ui/actions/button'
import { Text } from '@/components/ui/text/text'
import { exportAccountWords } from './words'

/** Downloads the personal data of the account. Renders a `<form>`. */
export function ExportAccount() {
  return (
    <form action="/account/export">
      <LinkButton type="submit" size="text">
        {exportAccountWords.downloadMyData}
      </LinkButton>
      <Text size="small" tone="soft">
        {exportAccountWords.whatTheFileHas}
      </Text>
    </form>
  )
}
