/** A form of a page, as a browser without JavaScript would send it untouched. */
export interface Form {
  /** Where it is sent; empty for the page's own address. */
  action: string
  /** Whether its fields are sent as parts, as those of a server action are, or as one line. */
  isMultipart: boolean
  /** The values of its fields, the chosen radio button and option among them. */
  fields: Map<string, string>
}

/** The form of this page that has such a button. Throws when there is none. */
export function formWith(html: string, button: string): Form {
  const form = [...html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].find(([, , inside = '']) =>
    [...inside.matchAll(/<button[^>]*>(.*?)<\/button>/gs)].some(([, label = '']) =>
      plain(label).startsWith(button),
    ),
  )
  if (!form) throw new Error(`no form with a button "${button}" in: ${plain(html).slice(0, 400)}`)
  const [, attributes = '', inside = ''] = form
  return {
    action: attribute(attributes, 'action') ?? '',
    isMultipart: attribute(attributes, 'encType') === 'multipart/form-data',
    fields: fieldsIn(inside),
  }
}

function fieldsIn(html: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const [, attributes = ''] of html.matchAll(/<input([^>]*?)\/?>/g)) {
    const name = attribute(attributes, 'name')
    const isLeftOut =
      /\stype="(?:radio|checkbox)"/.test(attributes) && !/\schecked(?:=|\s|$)/.test(attributes)
    if (name && !isLeftOut) fields.set(name, attribute(attributes, 'value') ?? '')
  }
  for (const [, attributes = '', options = ''] of html.matchAll(/<select([^>]*)>(.*?)<\/select>/gs)) {
    const name = attribute(attributes, 'name')
    const [, chosen = '', label = ''] =
      /<option([^>]*\sselected[^>]*)>(.*?)<\/option>/s.exec(options) ??
      /<option([^>]*)>(.*?)<\/option>/s.exec(options) ??
      []
    if (name) fields.set(name, attribute(chosen, 'value') ?? plain(label))
  }
  return fields
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? undefined : unescaped(value)
}

/** The text of a page, without its markup. */
export function plain(html: string): string {
  return unescaped(html.replaceAll(/<(script|style)\b.*?<\/\1>/gs, '').replaceAll(/<[^>]*>/g, ''))
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
