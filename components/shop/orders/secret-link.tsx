import { secretLinkWords } from './words'

/** The address that opens this order anywhere. Selected as a whole when it gets the focus. Renders a `<div>`. */
export function SecretLink({ address }: { address: string }) {
  return (
    <div>
      <h2 className="font-semibold">{secretLinkWords.saveThisLink}</h2>
      <p className="text-small text-soft">{secretLinkWords.itOpensThisOrderOn}</p>
      <p className="mt-2 select-all break-all bg-sunken px-3 py-2 text-fine">{address}</p>
    </div>
  )
}
