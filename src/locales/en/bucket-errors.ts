import type { Words } from '../words.ts'

const TRY_LATER = 'I can’t store pictures at the moment, so nothing was added. Please try again later.'
const ASK_OPERATOR = 'I can’t store pictures at the moment, so nothing was added. My operator should run doctor.'

/** Of pictures in a bucket. */
export const bucketErrors: Words['errors'] = {
  'bucket.clock': ASK_OPERATOR,
  'bucket.credentials': ASK_OPERATOR,
  'bucket.denied': ASK_OPERATOR,
  'bucket.full': 'There is no room for more pictures. Nothing was lost; my operator has to make room.',
  'bucket.not-found': ASK_OPERATOR,
  'bucket.not-set': ASK_OPERATOR,
  'bucket.refused': ASK_OPERATOR,
  'bucket.region': ASK_OPERATOR,
  'bucket.unreachable': TRY_LATER,
  'picture.gone': 'This picture was lost where pictures are stored. My operator should run doctor.',
}

/** The same for the operator. */
export const bucketTerminalErrors: Words['errors'] = {
  'bucket.clock': 'The bucket and this machine disagree about the time. Set the clock.',
  'bucket.credentials': 'The bucket doesn’t know S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.',
  'bucket.denied': 'The bucket denies access. The key must be allowed to get, put, delete and list objects.',
  'bucket.full': 'The bucket is full. Nothing was lost.',
  'bucket.no-credentials': 'The keys of the bucket are missing: set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.',
  'bucket.no-key': 'Pictures go into a bucket only encrypted: set DATA_KEY.',
  'bucket.not-found': 'There is no bucket of that name. Make it, or correct PICTURES_URL.',
  'bucket.not-set': 'Pictures of this database lie in a bucket: set PICTURES_URL.',
  'bucket.refused': 'What PICTURES_URL leads to doesn’t answer as S3 does.',
  'bucket.region': 'The bucket is in another region: name it in PICTURES_URL.',
  'bucket.unreachable': 'The bucket doesn’t answer. Nothing was lost; try again later.',
  'picture.gone': 'The bucket lost a picture.',
}
