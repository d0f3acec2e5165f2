import 'server-only'

/**
 * Lets this server continue when nobody reads its output any more. Without a listener a failed write is an uncaught
 * exception, which Next reports by another write: the server would do nothing else, at the full speed of a processor.
 */
export function tolerateClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}
