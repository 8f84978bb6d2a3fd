import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import { UserError } from '../../errors.ts'

/** `idleMs`: without another byte. `bytesPerSecond`: at least, of a body that takes longer than that. */
type Patience = { idleMs: number; bytesPerSecond: number }

/** A telephone in a bad network sends more; whoever sends one byte after the other holds nothing for long. */
const PATIENCE: Patience = { idleMs: 30_000, bytesPerSecond: 2_000 }

/** The whole body in memory. Throws UserError web.too-large, web.too-slow, web.aborted */
export async function readBody(request: Request, maxBytes: number, patience = PATIENCE): Promise<Uint8Array> {
  checkDeclared(request, maxBytes)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of bytesOf(request, patience)) {
    bytes += chunk.length
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  // Memory of its own: a worker takes it over.
  return new Uint8Array(Buffer.concat(chunks))
}

type Saved = { file: string; remove(): Promise<void> }

/** The body in a file of its own, for what may be larger than memory. `remove` deletes it. Throws as `readBody` */
export async function saveBody(request: Request, maxBytes: number, patience = PATIENCE): Promise<Saved> {
  checkDeclared(request, maxBytes)
  const folder = await mkdtemp(join(tmpdir(), 'mekiki-upload-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  const file = join(folder, 'upload')
  try {
    await pipeline(bytesOf(request, patience), counting(maxBytes), createWriteStream(file, { mode: 0o600 }))
    return { file, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** Its bytes as they come. */
async function* bytesOf({ body }: Request, { idleMs, bytesPerSecond }: Patience): AsyncGenerator<Uint8Array> {
  if (!body) return
  const reader = body.getReader()
  const start = performance.now()
  let bytes = 0
  try {
    for (;;) {
      const { done, value } = await inTime(reader.read().catch(throwAborted), idleMs)
      if (done) return
      bytes += value.length
      const waitedMs = performance.now() - start
      if (waitedMs > idleMs && bytes < (bytesPerSecond * waitedMs) / 1000)
        throw new UserError('web.too-slow', `Expected ${bytesPerSecond} bytes a second, received fewer`)
      yield value
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/** Nobody waits for the answer then: it is no error of the program. */
function throwAborted(cause: unknown): never {
  throw new UserError('web.aborted', 'Expected all of the request, received a part of it', {}, { cause })
}

/** Throws UserError web.too-slow where nothing comes. */
async function inTime<T>(next: Promise<T>, idleMs: number): Promise<T> {
  const waiting = new AbortController()
  const tooSlow = setTimeout(idleMs, undefined, { signal: waiting.signal, ref: false }).then(() => {
    throw new UserError('web.too-slow', `Expected more of the file within ${idleMs / 1000} s, received nothing`)
  })
  try {
    return await Promise.race([next, tooSlow])
  } finally {
    tooSlow.catch(() => {})
    waiting.abort()
  }
}

function counting(maxBytes: number): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length
      if (bytes > maxBytes) done(tooLarge(maxBytes))
      else done(null, chunk)
    },
  })
}

function checkDeclared(request: Request, maxBytes: number): void {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes)
}

const MEBIBYTE = 2 ** 20
const tooLarge = (maxBytes: number): UserError =>
  new UserError('web.too-large', `Expected at most ${maxBytes} bytes, received more`, {
    mebibytes: Math.round(maxBytes / MEBIBYTE),
  })
