/** A mistake that a person can make and mend. Everything else is our fault and crashes loudly. */
export class UserError extends Error {
  override name = 'UserError'
  readonly code: string
  /** @param code stable, dotted, as in `picture.damaged` @param message what was expected and what came */
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
