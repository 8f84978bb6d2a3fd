import { z } from 'zod'
import { UserError } from './errors.ts'

/** Causes of causes that are written. */
const MAX_DEPTH = 3
const STACK_FRAME = /^ +at /

export type Logged = { name: string; message?: string; stack?: string; [key: string]: unknown }

/** What is particular to the errors of a library. `quotesPeople`: whether their messages may hold what somebody wrote. */
export type ErrorKnowledge = {
  quotesPeople(error: Error): boolean
  codesOf(error: Error): Record<string, unknown> | undefined
  mask(text: string): string
}

const NOTHING_KNOWN: ErrorKnowledge = { quotesPeople: () => false, codesOf: () => undefined, mask: (text) => text }

/**
 * What the log keeps of an error: its name, codes, message and where it was thrown. Messages of what could not be read and
 * those of people's mistakes can quote what somebody wrote: they are left out.
 */
export function describeForLog(error: unknown, known: ErrorKnowledge = NOTHING_KNOWN, depth = 0): Logged {
  if (!(error instanceof Error)) return { name: typeof error }
  const described: Logged = { name: error.name, ...codesOf(error, known) }
  const message = quotesPeople(error) || known.quotesPeople(error) ? undefined : known.mask(error.message)
  if (message !== undefined) described.message = message
  const stack = framesOf(error)
  if (stack) described.stack = stack
  const describe = (one: unknown): Logged => describeForLog(one, known, depth + 1)
  if (error.cause !== undefined && depth < MAX_DEPTH) described.cause = describe(error.cause)
  if (error instanceof AggregateError && depth < MAX_DEPTH) described.errors = error.errors.map(describe)
  return described
}

const quotesPeople = (error: Error): boolean =>
  error instanceof UserError ||
  error instanceof z.ZodError ||
  // `JSON.parse` quotes what it was given.
  error instanceof SyntaxError

function codesOf(error: Error, known: ErrorKnowledge): Record<string, unknown> {
  const own = known.codesOf(error)
  if (own) return own
  if (error instanceof z.ZodError) return { paths: error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`) }
  return 'code' in error && ['string', 'number'].includes(typeof error.code) ? { code: error.code } : {}
}

/** The stack less its first lines, which are the message. */
const framesOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => STACK_FRAME.test(line))
    .join('\n')
