/** Whether an error says only that the connection is gone, so nobody knows what became of the call. */
export const isCut = (error: unknown) =>
  error instanceof Error &&
  /57P01|CONNECTION_CLOSED|CONNECTION_ENDED|CONNECTION_DESTROYED|ECONNRESET|ECONNREFUSED|57P03|57P02|EPIPE|CONNECT_TIMEOUT/.test(
    `${(error as { code?: string }).code} ${error.message}`,
  )
