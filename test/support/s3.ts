// A stand-in for an S3 server on loopback, strict about what servers are strict about: signatures (computed here from the
// specification, docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html), hashes of bodies, clocks, regions.
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'

export const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
export const BUCKET = 'pics'
const REGION = 'eu-test-1'
/** Servers refuse what is signed 15 minutes before or after their own time. */
const MAX_SKEW_MS = 15 * 60_000

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest()

/** What is asked, once it is known to be allowed. */
type Asked = { method: string; key: string; body: Buffer }
type Refusal = { status: number; code: string; more?: string }
/** Undefined: as always; 'hang': never answered; 'reset': the connection is cut. */
type Reaction = Refusal | 'hang' | 'reset' | undefined

export type S3StandIn = Awaited<ReturnType<typeof openS3>>

/** Started for a test file, and ended after it. */
export async function startS3(options: Options = {}): Promise<S3StandIn> {
  const s3 = await openS3(options)
  after(s3.close)
  return s3
}

/** `host`: the bucket is named in front of the host, not in the path. */
type Options = { style?: 'path' | 'host' }

export async function openS3({ style = 'path' }: Options = {}) {
  const objects = new Map<string, Buffer>()
  const asked: Asked[] = []
  const refused: Refusal[] = []
  /** Requests that are answered at the moment, and the most that were. */
  const load = { now: 0, most: 0 }
  const control = {
    /** Decides about each request that is signed as it should be. */
    react: (_asked: Asked): Reaction => undefined,
    /** Called when an object was stored or is about to be deleted, before anything is answered. */
    beforeAnswer: async (_asked: Asked): Promise<void> => {},
    aheadMs: 0,
    delayMs: 0,
    region: REGION,
    buckets: new Set([BUCKET]),
  }
  const now = (): Date => new Date(Date.now() + control.aheadMs)

  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request))
    const refusal = checkSignature(request, body, { now: now(), region: control.region }) ?? checkBody(request, body)
    response.setHeader('date', now().toUTCString())
    if (refusal) return refuse(response, refusal)
    const path = decodeURIComponent(request.url ?? '').slice(1)
    const named = style === 'host' ? `${(request.headers.host ?? '').split('.')[0]}/${path}` : path
    const slash = named.indexOf('/')
    const [bucket, key] = [named.slice(0, slash), named.slice(slash + 1)]
    if (!control.buckets.has(bucket)) return refuse(response, { status: 404, code: 'NoSuchBucket' })
    const one = { method: request.method ?? '', key, body }
    asked.push(one)
    load.most = Math.max(load.most, ++load.now)
    response.once('close', () => load.now--)
    if (control.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, control.delayMs))
    const reaction = control.react(one)
    if (reaction === 'hang') return
    if (reaction === 'reset') return void request.socket.destroy()
    if (reaction) return refuse(response, reaction)
    await answer(one, response)
  })

  function refuse(response: ServerResponse, refusal: Refusal): void {
    refused.push(refusal)
    const { status, code, more = '' } = refusal
    response.writeHead(status, { 'content-type': 'application/xml' })
    response.end(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message>${more}</Error>`,
    )
  }

  async function answer(one: Asked, response: ServerResponse): Promise<void> {
    const { method, key, body } = one
    if (method === 'PUT') {
      objects.set(key, body)
      await control.beforeAnswer(one)
      response.writeHead(200, { etag: `"${createHash('md5').update(body).digest('hex')}"` }).end()
    } else if (method === 'DELETE') {
      await control.beforeAnswer(one)
      objects.delete(key)
      response.writeHead(204).end()
    } else if (method === 'GET') {
      const bytes = objects.get(key)
      if (!bytes) return refuse(response, { status: 404, code: 'NoSuchKey', more: `<Key>${key}</Key>` })
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes)
    } else refuse(response, { status: 405, code: 'MethodNotAllowed' })
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  const origin = `http://127.0.0.1:${address.port}`
  return {
    objects,
    asked,
    refused,
    load,
    control,
    port: address.port,
    close,
    url: `${origin}/${BUCKET}/mekiki?region=${REGION}`,
    /** What `openApp` and `openBucket` take. */
    options: { base: `${origin}/${BUCKET}/mekiki/`, bucket: BUCKET, region: REGION, ...KEYS },
    env: {
      PICTURES_URL: `${origin}/${BUCKET}/mekiki?region=${REGION}`,
      S3_ACCESS_KEY_ID: KEYS.accessKeyId,
      S3_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    },
  }
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/

function checkSignature(
  request: IncomingMessage,
  body: Buffer,
  { now, region }: { now: Date; region: string },
): Refusal | undefined {
  const found = AUTHORIZATION.exec(request.headers.authorization ?? '')
  if (!found) return { status: 403, code: 'AccessDenied' }
  const [, id, day = '', signedRegion = '', signed = '', signature] = found
  if (id !== KEYS.accessKeyId) return { status: 403, code: 'InvalidAccessKeyId' }
  if (signedRegion !== region)
    return { status: 400, code: 'AuthorizationHeaderMalformed', more: `<Region>${region}</Region>` }
  const header = (name: string): string =>
    String(request.headers[name] ?? '')
      .trim()
      .replaceAll(/\s+/g, ' ')
  const time = header('x-amz-date')
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? []
  const at = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s))
  if (!(Math.abs(at - now.getTime()) < MAX_SKEW_MS) || !time.startsWith(day))
    return { status: 403, code: 'RequestTimeTooSkewed' }
  const names = signed.split(';')
  for (const needed of ['host', 'x-amz-date', ...Object.keys(request.headers).filter((name) => /^x-amz-/.test(name))])
    if (!names.includes(needed)) return { status: 403, code: 'AccessDenied' }
  const [path = '', query = ''] = (request.url ?? '').split('?')
  const encode = (text: string): string =>
    encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  const canonical = [
    request.method,
    path
      .split('/')
      .map((part) => encode(decodeURIComponent(part)))
      .join('/'),
    [...new URLSearchParams(query)]
      .map(([k, v]) => `${encode(k)}=${encode(v)}`)
      .sort()
      .join('&'),
    ...names.map((name) => `${name}:${header(name)}`),
    '',
    signed,
    header('x-amz-content-sha256'),
  ].join('\n')
  const scope = `${day}/${signedRegion}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')
  const key = [day, signedRegion, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${KEYS.secretAccessKey}`)
  if (hmac(key, text).toString('hex') !== signature) return { status: 403, code: 'SignatureDoesNotMatch' }
  return sha256(body) === header('x-amz-content-sha256')
    ? undefined
    : { status: 400, code: 'XAmzContentSHA256Mismatch' }
}

/** A body must have the hash that it is said to have; one that is put must have one. */
function checkBody({ method, headers }: IncomingMessage, body: Buffer): Refusal | undefined {
  if (method !== 'PUT') return undefined
  if (headers['content-length'] === undefined) return { status: 411, code: 'MissingContentLength' }
  return headers['content-md5'] === createHash('md5').update(body).digest('base64')
    ? undefined
    : { status: 400, code: 'BadDigest' }
}
