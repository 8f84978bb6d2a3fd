import { createHash } from 'node:crypto'

type Person = { server: string; person: string; salt: Uint8Array }

/** What a person who was forgotten is recognized by. */
export const personHash = ({ server, person, salt }: Person): Buffer =>
  createHash('sha256').update(salt).update(`${server}\n${person}`).digest()
