import { createPublicKey, verify } from 'node:crypto'

/** A request older than this is somebody's copy. Clocks differ by less. */
const MAX_AGE_MS = 5 * 60_000
/** What precedes the 32 bytes of an Ed25519 key in DER (RFC 8410). */
const DER_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** What came with a request, as it came. */
type Signed = { signature: string; timestamp: string; body: Uint8Array }

/**
 * Whether a request comes from Discord, and now.
 * @param publicKey of the application, in hexadecimal. @param now a clock in milliseconds since 1970
 */
export function openVerifier(publicKey: string, now = Date.now): (signed: Signed) => boolean {
  const der = Buffer.concat([DER_PREFIX, Buffer.from(publicKey, 'hex')])
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  return ({ signature, timestamp, body }) => {
    if (!/^[\da-f]{128}$/i.test(signature) || !/^\d{1,12}$/.test(timestamp)) return false
    const isSigned = verify(null, Buffer.concat([Buffer.from(timestamp), body]), key, Buffer.from(signature, 'hex'))
    return isSigned && Math.abs(now() - 1000 * Number(timestamp)) <= MAX_AGE_MS
  }
}
