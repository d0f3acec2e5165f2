/** A start that failed for a reason a person can fix. Its message says what, where and how; no stack trace is shown. */
export class StartError extends Error {
  override name = 'StartError'
}
