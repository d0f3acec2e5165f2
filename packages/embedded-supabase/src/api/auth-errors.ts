/** A refusal of Auth's administration, with the code and words of Supabase Auth. */
export class AuthRefusal extends Error {
  override name = 'AuthRefusal'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

const API_VERSION = '2024-01-01'

/** The refusal in the shape of the API version the client asked for; older clients read `error_code` and `msg`. */
export function refusalResponse(refusal: AuthRefusal, request: Request): Response {
  const { status, code, message } = refusal
  const version = request.headers.get('x-supabase-api-version')
  return version !== null && version >= API_VERSION
    ? Response.json({ code, message }, { status, headers: { 'x-supabase-api-version': API_VERSION } })
    : Response.json({ code: status, error_code: code, msg: message }, { status })
}
