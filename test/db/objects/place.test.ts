import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePicturesUrl } from '../../../src/db/objects/place.ts'

const place = (text: string, region?: string) => {
  const { base, region: chosen } = parsePicturesUrl(text, region)
  return [base, chosen]
}

test('a bucket of Amazon is named in front of its host, another one in the path', () => {
  assert.deepEqual(place('s3://pics/mekiki?region=eu-central-1'), [
    'https://pics.s3.eu-central-1.amazonaws.com/mekiki/',
    'eu-central-1',
  ])
  assert.deepEqual(place('s3://pics'), ['https://pics.s3.us-east-1.amazonaws.com/', 'us-east-1'])
  assert.deepEqual(place('s3://my.pics/a/b?style=path'), [
    'https://s3.us-east-1.amazonaws.com/my.pics/a/b/',
    'us-east-1',
  ])
  // No certificate covers a dot more.
  assert.deepEqual(place('s3://my.pics', 'ap-northeast-1'), [
    'https://s3.ap-northeast-1.amazonaws.com/my.pics/',
    'ap-northeast-1',
  ])
  assert.deepEqual(place('s3://pics/m?endpoint=http://minio:9000'), ['http://minio:9000/pics/m/', 'us-east-1'])
  assert.deepEqual(place('s3://pics/m?endpoint=https://s3.example.org&region=auto&style=host'), [
    'https://pics.s3.example.org/m/',
    'auto',
  ])
  assert.deepEqual(place('https://s3.eu-west-3.amazonaws.com/pics/m'), [
    'https://s3.eu-west-3.amazonaws.com/pics/m/',
    'eu-west-3',
  ])
  assert.deepEqual(place('http://127.0.0.1:9000/pics/', 'garage'), ['http://127.0.0.1:9000/pics/', 'garage'])
})

test('an address that cannot be meant is refused, and never repeated: it may hold a secret', () => {
  for (const text of [
    'pics',
    'ftp://example.org/pics',
    's3://',
    's3://x',
    'https://s3.example.org',
    'https://key:secret@s3.example.org/pics',
    's3://pics/a b',
    's3://pics?regio=eu-central-1',
    's3://pics?region=a/b',
    's3://pics?endpoint=s3.example.org',
    's3://pics?endpoint=https://s3.example.org/path',
    's3://pics?style=other',
    's3://pics/m#x',
  ])
    assert.throws(
      () => parsePicturesUrl(text),
      (error: Error & { code?: string }) => error.code === 'config.invalid' && !error.message.includes('secret'),
      text,
    )
})
