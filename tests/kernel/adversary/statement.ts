import type { Target } from './catalog'

const columnsOf = (given: Target['arguments']) =>
  given.map((argument) => `"${argument.name}" ${argument.type}`).join(', ')

/** As PostgREST writes it: what is sent is read as a record first, so that is where a wrong type ends. */
export function statementFor({ name, arguments: args }: Target, sent: string[]): string {
  const given = args.filter((argument) => sent.includes(argument.name))
  const call = given.map((argument) => `"${argument.name}" := sent."${argument.name}"`).join(', ')
  const from =
    given.length > 0
      ? `json_to_record($1::text::json) as sent (${columnsOf(given)}),`
      : '(select $1::text) as sent,'
  return `select to_jsonb(returned) as answer from ${from} lateral public."${name}"(${call}) as returned`
}

/** The first half of it alone: whether everything that was sent is of its type. */
export function typesOnly({ arguments: args }: Target, sent: string[]): string {
  const given = args.filter((argument) => sent.includes(argument.name))
  return `select to_jsonb(sent) from json_to_record($1::text::json) as sent (${columnsOf(given)})`
}
