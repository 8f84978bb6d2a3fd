import type { Generated } from './kysely.ts'

// Calls of people that any process may answer; schema.ts has the rules.

export type CallKind = 'interaction' | 'message'

/** `claimed`: a gateway deals with it; `open`: it waits for an answer or gets one; `done`: only its id is kept. */
type CallState = 'claimed' | 'open' | 'done'

/** Times are the database's, in milliseconds since 1970. */
export type CallTable = {
  /** Of the interaction or of the message. */
  id: string
  kind: CallKind
  /** That of a direct message is its person's id. */
  server: string
  state: CallState
  /** What is answered, encrypted; null once it was. */
  payload: Buffer | null
  /** Lower ones come first: servers take turns. */
  turn: Generated<number>
  at: number
  not_before: number
  /** The row is deleted then, whatever became of it. */
  expires_at: number
  /** The process that answers it. */
  lease_owner: string | null
  lease_until: Generated<number>
  /** How often a process that answered it was heard of no more. */
  lapses: Generated<number>
  /** 1: what is asked about is gone, or the person was told otherwise. */
  cancelled: Generated<number>
  /** 1: an answer was begun to be sent. */
  delivered: Generated<number>
  /** 1: a process that had it gave it back, and may have done a part of what was asked. */
  begun: Generated<number>
}
