import { errorCode, UserError } from '../../errors.ts'

/** What a bucket answers with: `code` of its XML, '' where it has none. */
export type Refusal = { status: number; code: string; region?: string | undefined }

/** Codes of https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, and of servers that speak the same. */
const KINDS: [kind: Kind, codes: RegExp][] = [
  ['bucket.not-found', /^NoSuchBucket$|^InvalidBucketName$/],
  ['bucket.credentials', /^(InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|ExpiredToken|InvalidSecurity)$/],
  [
    'bucket.region',
    /^(AuthorizationHeaderMalformed|PermanentRedirect|TemporaryRedirect|IncorrectEndpoint|IllegalLocationConstraintException)$/,
  ],
  ['bucket.clock', /^RequestTimeTooSkewed$/],
  ['bucket.full', /Quota|StorageFull|InsufficientStorage|^NotEnoughSpace|CapExceeded/i],
  ['bucket.denied', /^(AccessDenied|AllAccessDisabled|AccountProblem|UnauthorizedAccess|AccessForbidden)$/],
]
type Kind = keyof typeof EXPECTED

const EXPECTED = {
  'bucket.not-found': 'the bucket of PICTURES_URL to be there: make it, or correct the name',
  'bucket.credentials': 'valid keys in S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY',
  'bucket.region': 'the region of the bucket in PICTURES_URL (?region=…)',
  'bucket.clock': 'this machine and the bucket to agree on the time: set the clock',
  'bucket.full': 'room in the bucket',
  'bucket.denied': 'to be allowed to get, put and delete objects of the bucket, and to list it',
  'bucket.unreachable': 'the bucket of PICTURES_URL to answer',
  'bucket.refused': 'the bucket of PICTURES_URL to speak S3',
} as const

const HTTP_REDIRECT = 301
const HTTP_FORBIDDEN = 403
const HTTP_STORAGE_FULL = 507
const HTTP_SERVER_ERROR = 500
const HTTP_TOO_MANY = 429

/** @returns UserError bucket.* */
export function explainRefusal({ status, code, region }: Refusal): UserError {
  const named = `${code || 'an answer without a code'} (${status})`
  return bucketError(kindOf({ status, code }), region ? `${named}, which names the region ${region}` : named)
}

function kindOf({ status, code }: Refusal): Kind {
  const known = KINDS.find(([, codes]) => codes.test(code))
  if (known) return known[0]
  if (status === HTTP_STORAGE_FULL) return 'bucket.full'
  if (status === HTTP_REDIRECT) return 'bucket.region'
  if (status === HTTP_FORBIDDEN) return 'bucket.denied'
  return isPassing({ status, code }) ? 'bucket.unreachable' : 'bucket.refused'
}

/** Whether it may work in a moment. */
export const isPassing = ({ status, code }: Refusal): boolean =>
  (status >= HTTP_SERVER_ERROR && status !== HTTP_STORAGE_FULL && !KINDS.some(([, codes]) => codes.test(code))) ||
  status === HTTP_TOO_MANY ||
  /^(SlowDown|RequestTimeout|RequestTimeTooSkewed|BadDigest|IncompleteBody)$/.test(code)

/** Of a connection that was not made, or did not last. */
export const explainConnection = (cause: unknown): UserError => {
  const reason = errorCode(cause) ?? (cause instanceof Error ? cause.name : String(cause))
  return bucketError('bucket.unreachable', reason, cause)
}

const bucketError = (kind: Kind, found: string, cause?: unknown): UserError =>
  new UserError(kind, `Expected ${EXPECTED[kind]}, found: ${found}`, { found }, { cause })
