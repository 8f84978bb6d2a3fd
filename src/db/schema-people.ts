import type { Generated } from './kysely.ts'

// What the store holds of people: what they said, posted and want, and what they are told; schema.ts has the rules.

/** What people said about answers, one row an answer. */
export type FeedbackTable = {
  id: Generated<number>
  dataset: number
  /** Names the answer. */
  prediction: string
  version: number
  /** The answered label; null: the answer was "unknown". */
  said: string | null
  /** 1 where the answer was right. */
  right: number
  /** The label that would have been right; null: not told. */
  truth: string | null
  by: string
  at: string
}

/** Posted Discord messages that are being answered, or were. */
export type MessageTable = {
  id: string
  server: string
  channel: string
  /** JSON: where its pictures lie; null once it was answered. */
  work: string | null
  /** The id of the reply, which is deleted with it; null: none was sent. */
  answer: Generated<string | null>
  at: number
}

/** People whose posts in watched channels are left alone, because they want it. */
export type IgnoredTable = { server: string; person: string; at: string }

/** What was forgotten, so that a backup from before does not bring it back. */
export type ForgettingTable = {
  id: Generated<number>
  at: string
  /** `*`: every server. */
  server: string
  salt: Buffer
  /** Salted hash of who was forgotten; null: everything of the server. */
  person: Buffer | null
  /** The only picture of theirs that was; null: all of them. */
  pixel_hash: Buffer | null
}

/** What managers should hear of. */
export type NewsTable = {
  id: Generated<number>
  server: string
  dataset: number
  kind: 'held-back' | 'training-failed' | 'many-suspects'
  /** JSON: what happened (news.ts). */
  detail: string
  at: string
  /** Null: nobody has been told. */
  told_at: Generated<string | null>
}

/** Who is logged in to the page, by a browser or with a token. Times in milliseconds since 1970. */
export type WebSessionTable = {
  id: Generated<number>
  /** SHA-256 of what the cookie or the token says. */
  hash: Buffer
  person: string
  /** What they are called, or what they call their token. */
  name: string
  kind: 'browser' | 'token'
  at: number
  expires_at: number
}
