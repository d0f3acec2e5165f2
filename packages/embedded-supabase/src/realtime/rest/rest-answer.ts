export type Answer = { status: number; type?: string; body: string }

export function json(status: number, value: unknown): Answer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) }
}

export const badRequest: Answer = { status: 400, type: 'text/html; charset=utf-8', body: 'Bad Request' }
