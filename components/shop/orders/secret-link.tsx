import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { secretLinkWords } from './words'

/** The address that opens this order anywhere. Selected as a whole when it gets the focus. Renders a `<div>`. */
export function SecretLink({ address }: { address: string }) {
  return (
    <div>
      <Heading level={2} size="plain">
        {secretLinkWords.saveThisLink}
      </Heading>
      <Text size="small" tone="soft">
        {secretLinkWords.itOpensThisOrderOn}
      </Text>
      <p className="mt-2 select-all break-all bg-sunken px-3 py-2 text-fine">{address}</p>
    </div>
  )
}
