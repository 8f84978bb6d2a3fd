// What the log keeps of an error: codes and places, never what people sent or what answers in the bot's name.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DiscordAPIError, HTTPError } from 'discord.js'
import { z } from 'zod'
import { describeForLog } from '../../src/discord/log-error.ts'
import { UserError } from '../../src/errors.ts'

const FILE = { name: 'my-secret-pictures.zip', data: Buffer.from('secret picture bytes') }
const BODY = { files: [FILE], json: { content: 'a secret text', flags: 64 } }
const TOKEN = 'aW50ZXJhY3Rpb24tdG9rZW4tc2VjcmV0'
const URL = `https://discord.com/api/v10/webhooks/1/${TOKEN}/messages/@original`
const SECRET = /secret|aW50ZXJhY3Rpb24|115,101,99,114/

const logged = (error: unknown): string => JSON.stringify(describeForLog(error))

test('an answer that Discord refused is logged by its code, whatever Discord says about it', () => {
  const raw = { code: 50035, message: 'a secret text is too long', errors: {} }
  const error = new DiscordAPIError(raw, 50035, 400, 'PATCH', URL, BODY)
  const { stack, ...described } = describeForLog(error)
  assert.deepEqual(described, {
    name: 'DiscordAPIError[50035]',
    code: 50035,
    reason: 'InvalidFormBodyOrContentType',
    status: 400,
    method: 'PATCH',
    path: '/api/v10/webhooks/1/…/messages/@original',
  })
  assert.match(String(stack), /^ +at .*log-error\.test\.ts/)
  assert.doesNotMatch(logged(error), SECRET)
})

test('an answer that failed on the way is logged without what was sent', () => {
  const error = new HTTPError(500, 'a secret status', 'PATCH', URL, BODY)
  assert.deepEqual(Object.keys(describeForLog(error)), ['name', 'status', 'method', 'path', 'stack'])
  assert.doesNotMatch(logged(error), SECRET)
})

test('causes are as discreet as what they caused', () => {
  const cause = new DiscordAPIError({ code: 0, message: 'a secret text' }, 0, 400, 'POST', URL, BODY)
  const error = new Error(`POST ${URL} failed`, { cause })
  assert.doesNotMatch(logged(error), SECRET)
  assert.doesNotMatch(logged(new AggregateError([cause], 'all failed')), SECRET)
  assert.match(logged(error), /failed/)
})

test('mistakes, texts that cannot be parsed and unexpected data are not quoted', () => {
  assert.doesNotMatch(logged(new UserError('picture.damaged', 'a secret name', { file: 'secret' })), SECRET)
  assert.match(logged(new UserError('picture.damaged', 'a secret name')), /picture\.damaged/)
  let parsing: unknown
  try {
    JSON.parse('a secret text')
  } catch (error) {
    parsing = error
  }
  assert.doesNotMatch(logged(parsing), SECRET)
  const { error } = z.object({ label: z.number() }).safeParse({ label: 'a secret label' })
  assert.doesNotMatch(logged(error), SECRET)
  assert.match(logged(error), /label: invalid_type/)
})

test('a bot’s token in a message is masked', () => {
  const token = `${'N'.repeat(24)}.GAbCdE.${'s'.repeat(38)}`
  assert.doesNotMatch(logged(new Error(`tried ${token}`)), /sssss/)
})

test('what is thrown and is no error is named, not shown', () =>
  assert.deepEqual(describeForLog('secret'), { name: 'string' }))
