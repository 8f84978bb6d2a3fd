import { createHash } from 'node:crypto'
import type { NetworkDescription } from './network-description.ts'

/** Characters of the hash in a backbone's id. */
const HASH_LENGTH = 12
/** Part of the ids of converted networks: a conversion that gives other features has another number. */
const CONVERSION = 1

/** @returns NAME@HASH. @param settings all that features depend on besides the file @param sha256 of the file, in hexadecimal */
function makeId(name: string, settings: object, sha256: string): string {
  const hash = createHash('sha256').update(JSON.stringify(settings)).update(sha256)
  return `${name}@${hash.digest('hex').slice(0, HASH_LENGTH)}`
}

/** The order of the keys is part of ids that are stored already. */
export function networkId(name: string, description: NetworkDescription, sha256: string): string {
  const { cut, output, ...input } = description
  return makeId(name, { output, cut, ...input }, sha256)
}

/** Of a network that was converted. @param settings of the conversion, where they are not those of the file */
export const convertedId = (name: string, settings: object, sha256: string): string =>
  makeId(name, { conversion: CONVERSION, ...settings }, sha256)

/** What separates backbones, their hashes, and lists of them on a command line; and what addresses have for such characters. */
const SEPARATORS = /(?:[+,@\s]|%[0-9a-f]{2})+/giu

/** The name for a backbone: that of its file, in which nothing separates names. */
export const toBackboneName = (file: string): string => file.normalize('NFC').replace(SEPARATORS, '-')
