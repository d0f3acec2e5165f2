const WIDTH = 30

/** A bar on the last line of a terminal that grows to `total`; silent where nobody watches (a pipe, CI). */
export function progressBar(label: string, total: number): (done: number) => void {
  const { stderr } = process
  if (!stderr.isTTY) return () => undefined
  return (done) => {
    const filled = Math.round((WIDTH * done) / Math.max(total, 1))
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
    stderr.write(`\r${label} ${bar} ${done}/${total}${done >= total ? '\n' : ''}`)
  }
}
