import { hostname } from 'node:os'
import { placeOf } from '../postgres/connection.ts'

/** Whether a text is an address as in postgres://user:password@host/mekiki. */
export const isPostgresUrl = (text: string): boolean => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text)

/** A PostgreSQL, for people: without whoever signs in, and their password. */
export const placeOfUrl = (url: string): string => `postgres://${placeOf(url)}`

/** A data folder, for people of any machine. */
export const placeOfHome = (home: string): string => `${home} on ${hostname()}`
