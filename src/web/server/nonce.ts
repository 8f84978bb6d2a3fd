import { randomBytes } from 'node:crypto'

const BYTES = 16

export const newNonce = (): string => randomBytes(BYTES).toString('base64')
