type Values = Record<string, string | number>

/** A mistake that a person can make and mend. Everything else is our fault and crashes loudly. */
export class UserError extends Error {
  override name = 'UserError'
  readonly code: string
  /** What the message names, for a front end that says it in another language. */
  readonly values: Values
  /** @param code stable, dotted, as in `picture.damaged` @param message what was expected and what came */
  constructor(code: string, message: string, values: Values = {}, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.values = values
  }
}

/** The `code` that Node, SQLite and UserError give an error; undefined where it has none. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
