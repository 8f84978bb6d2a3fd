import { UserError } from '../../errors.ts'

export const damaged = (cause: unknown): UserError =>
  new UserError(
    'zip.damaged',
    `Expected a whole ZIP file, cannot read it: ${cause instanceof Error ? cause.message : cause}`,
    {},
    { cause },
  )

export const damagedFile = (why: string): UserError =>
  new UserError('zip.file-damaged', `Expected a whole file in the ZIP, ${why}`)

/** What is made to take more than it gives. */
export const bomb = (found: string): UserError =>
  new UserError('zip.bomb', `Expected a ZIP of pictures, received ${found}`)
