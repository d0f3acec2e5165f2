import type { Target } from './catalog'

/** As PostgREST writes it: what is sent is read as a record first, so that is where a wrong type ends. */
export function statementFor({ name, arguments: args }: Target, sent: string[]): string {
  const given = args.filter((argument) => sent.includes(argument.name))
  const call = given.map((argument) => `"${argument.name}" := sent."${argument.name}"`).join(', ')
  const columns = given.map((argument) => `"${argument.name}" ${argument.type}`).join(', ')
  const from =
    given.length > 0 ? `json_to_record($1::text::json) as sent (${columns}),` : '(select $1::text) as sent,'
  return `select to_jsonb(answer) as answer from ${from} lateral public."${name}"(${call}) as answer`
}
