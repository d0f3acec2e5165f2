/** Auth's default for `refresh_token_reuse_interval`, in milliseconds. */
const reuseMs = 10_000

type Answer = (request: Request) => Promise<Response>

/**
 * Answers a refresh token that is sent again within ten seconds as it was answered first, as hosted Auth does: tabs and
 * servers that refresh the same expired session at once all stay signed in. A refusal is not kept.
 */
export function withRefreshReuse(answer: Answer): Answer {
  const answered = new Map<string, Promise<Response>>()
  return async (request) => {
    const url = new URL(request.url)
    if (!url.pathname.endsWith('/auth/v1/token') || url.searchParams.get('grant_type') !== 'refresh_token')
      return answer(request)
    const body = await request.clone().text()
    const known = answered.get(body) ?? answer(request)
    if (!answered.has(body)) {
      answered.set(body, known)
      const forget = () => answered.delete(body)
      setTimeout(forget, reuseMs).unref()
      known.then(({ ok }) => ok || forget(), forget)
    }
    return (await known).clone()
  }
}
