import 'server-only'

/**
 * Answers with a file that is written while it is sent. When its writer fails the connection is broken off, so that half a
 * file is never taken for a whole one.
 */
export function csvResponse(name: string, lines: AsyncGenerator<string>): Response {
  const text = new ReadableStream<string>({
    async pull(controller) {
      const { done, value } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await lines.return(undefined)
    },
  })
  return new Response(text.pipeThrough(new TextEncoderStream()), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}-${new Date().toISOString().slice(0, 10)}.csv"`,
      'cache-control': 'private, no-store',
    },
  })
}
