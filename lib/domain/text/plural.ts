/** A count with its noun: "1 item", "3 items". The plural adds an s unless another form is given. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
