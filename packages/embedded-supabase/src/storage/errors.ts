/** A refusal in the shape of Supabase Storage: its status in the body, and 400 as the status of the response. */
export class StorageRefusal extends Error {
  override name = 'StorageRefusal'
  readonly status: number
  readonly code: string
  readonly error: string

  constructor(status: number, code: string, message: string, error: string = code) {
    super(message)
    this.status = status
    this.code = code
    this.error = error
  }

  get body() {
    return { statusCode: String(this.status), code: this.code, error: this.error, message: this.message }
  }
}

export const refusals = {
  noBucket: () => new StorageRefusal(404, 'NoSuchBucket', 'Bucket not found', 'Bucket not found'),
  noObject: () => new StorageRefusal(404, 'NoSuchKey', 'Object not found', 'not_found'),
  exists: () => new StorageRefusal(409, 'ResourceAlreadyExists', 'The resource already exists', 'Duplicate'),
  denied: (message: string) => new StorageRefusal(403, 'AccessDenied', message, 'Unauthorized'),
  invalidKey: (key: string) => new StorageRefusal(400, 'InvalidKey', `Invalid key: ${key}`),
  invalidBucket: () => new StorageRefusal(400, 'InvalidBucketName', 'Bucket name invalid', 'Invalid Input'),
  invalidType: (type: string) =>
    new StorageRefusal(415, 'InvalidMimeType', `mime type ${type} is not supported`, 'invalid_mime_type'),
  tooLarge: () =>
    new StorageRefusal(
      413,
      'EntityTooLarge',
      'The object exceeded the maximum allowed size',
      'Payload too large',
    ),
  notEmpty: () => new StorageRefusal(409, 'ResourceNotEmpty', 'The bucket you tried to delete is not empty'),
  invalidRequest: (message: string) => new StorageRefusal(400, 'InvalidRequest', message, 'Error'),
  expired: () => new StorageRefusal(400, 'InvalidJWT', '"exp" claim timestamp check failed'),
  invalidSignature: () => new StorageRefusal(400, 'InvalidSignature', 'Invalid signature'),
  slow: () => new StorageRefusal(408, 'RequestTimeout', 'The body did not arrive in time'),
  noRoute: (method: string, path: string) =>
    new StorageRefusal(404, 'NotFound', `Route ${method}:${path} not found`, 'Not Found'),
}

/** The refusal for an error of PostgreSQL; null for any other error. */
export function refusalOf(error: unknown): StorageRefusal | null {
  if (error instanceof StorageRefusal) return error
  const { code, message = '' } = Object(error) as { code?: unknown; message?: string }
  switch (code) {
    case '42501':
      return refusals.denied(message)
    case '23505':
      return refusals.exists()
    case '23503':
      return refusals.noBucket()
    case '22P05':
    case '22021':
      return refusals.invalidRequest('Invalid characters')
    default:
      return null
  }
}
