import { UserError } from '../../errors.ts'

/** Where pictures lie in a bucket. `base`: the address that a key is put after, with a slash at its end. */
export type BucketPlace = { base: string; bucket: string; region: string }

/** Of Amazon S3, where nothing else is named. */
const DEFAULT_REGION = 'us-east-1'
/** `s3.eu-central-1.amazonaws.com` and names of other services that are built like it. */
const REGION_IN_HOST = /^(?:[^.]+\.)?s3[.-](?:dualstack\.)?([a-z]{2,}(?:-[a-z]+)*-\d+)\./
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/i
/** What needs no escape in an address, so that nothing between here and the server writes it in another way. */
const PREFIX = /^[\w.-]+(\/[\w.-]+)*$/
const REGION = /^[\w-]{1,64}$/
const KNOWN = ['region', 'endpoint', 'style']

/**
 * Reads `s3://bucket/prefix?region=…&endpoint=https://…&style=path`, or `https://host/bucket/prefix`. Without an endpoint it
 * is Amazon's. A bucket is named in the path, but at Amazon and with `style=host`, where it is in front of the host.
 * @param region where the address names none. Throws UserError config.invalid, never with the address: it may hold a secret
 */
export function parsePicturesUrl(text: string, region?: string): BucketPlace {
  const url = URL.parse(text)
  if (!url || !['s3:', 'https:', 'http:'].includes(url.protocol))
    throw invalid('an address as in s3://bucket/prefix?region=eu-central-1 or https://host/bucket/prefix')
  if (url.username || url.password) throw invalid('no key in it: set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY')
  if (url.hash) throw invalid('an address without #')
  const unknown = [...url.searchParams.keys()].find((name) => !KNOWN.includes(name))
  if (unknown !== undefined) throw invalid(`only ${KNOWN.join(', ')} after the question mark, found another name`)
  const path = url.pathname.split('/').filter(Boolean)
  const isS3 = url.protocol === 's3:'
  const bucket = isS3 ? url.hostname : path.shift()
  if (!bucket || !BUCKET.test(bucket))
    throw invalid('the name of a bucket, of 3 to 63 letters, digits, dots and dashes')
  const prefix = path.join('/')
  if (prefix !== '' && !PREFIX.test(prefix)) throw invalid('a prefix of letters, digits, dots, dashes and slashes')
  const named = url.searchParams.get('region') ?? REGION_IN_HOST.exec(isS3 ? '' : url.hostname)?.[1] ?? region
  const chosen = named ?? DEFAULT_REGION
  if (!REGION.test(chosen)) throw invalid('a region as in eu-central-1')
  const endpoint = isS3 ? endpointOf(url.searchParams.get('endpoint'), chosen) : new URL(url.origin)
  const inHost = isInHost(url.searchParams.get('style'), {
    isAmazon: isS3 && !url.searchParams.has('endpoint'),
    bucket,
  })
  if (inHost) endpoint.hostname = `${bucket}.${endpoint.hostname}`
  const base = [...(inHost ? [] : [bucket]), ...(prefix ? [prefix] : [])].map((part) => `${part}/`).join('')
  return { base: `${endpoint.origin}/${base}`, bucket, region: chosen }
}

function endpointOf(text: string | null, region: string): URL {
  if (text === null) return new URL(`https://s3.${region}.amazonaws.com`)
  const url = URL.parse(text)
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.pathname !== '/' || url.username || url.password)
    throw invalid('an endpoint as in endpoint=https://s3.example.org')
  return url
}

function isInHost(style: string | null, { isAmazon, bucket }: { isAmazon: boolean; bucket: string }): boolean {
  if (style !== null && style !== 'path' && style !== 'host') throw invalid('style=path or style=host')
  // The certificate of *.s3.amazonaws.com covers no dot more.
  return style === 'host' || (style === null && isAmazon && !bucket.includes('.'))
}

const invalid = (expected: string): UserError =>
  new UserError('config.invalid', `Expected a valid PICTURES_URL (see .env.example): expected ${expected}`)
