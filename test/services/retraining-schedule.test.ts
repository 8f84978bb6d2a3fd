// When a schedule comes: an hour in a time zone, or cron, spread over half an hour.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextTraining, scheduleDelay, scheduleOf } from '../../src/services/retraining-schedule.ts'
import { defaultSettings } from '../../src/services/settings.ts'
import { listTimeZones, parseTimeZone } from '../../src/services/time-zones.ts'

const next = (settings: object, now: string, dataset = 0): string | undefined =>
  nextTraining(scheduleOf({ ...defaultSettings(), ...settings }), dataset, new Date(now))?.toISOString()

test('an hour is UTC, or the time of a zone, summer time included', () => {
  assert.equal(next({ trainAt: 4 }, '2026-11-26T10:00:00Z'), '2026-11-27T04:00:00.000Z')
  assert.equal(next({ trainAt: 4, timeZone: 'Asia/Tokyo' }, '2026-11-26T10:00:00Z'), '2026-11-26T19:00:00.000Z')
  assert.equal(next({ trainAt: 4, timeZone: 'Europe/Berlin' }, '2026-07-01T10:00:00Z'), '2026-07-02T02:00:00.000Z')
  assert.equal(next({ trainAt: 4, timeZone: 'Europe/Berlin' }, '2026-12-01T10:00:00Z'), '2026-12-02T03:00:00.000Z')
  assert.equal(next({ trainAt: 0 }, '2026-11-26T23:59:00Z'), '2026-11-27T00:00:00.000Z')
})

test('cron stays for who wants it, in a zone where one is set', () => {
  const tokyo = { schedule: '30 6 * * 1', timeZone: 'Asia/Tokyo' }
  assert.equal(next(tokyo, '2026-11-26T10:00:00Z'), '2026-11-29T21:30:00.000Z')
})

test('trainings of one hour are spread, each always by the same delay', () => {
  for (const dataset of [1, 2, 77]) {
    const at = new Date(next({ trainAt: 4 }, '2026-11-26T10:00:00Z', dataset) ?? 0).getTime()
    assert.equal(at - Date.parse('2026-11-27T04:00:00Z'), scheduleDelay(dataset))
  }
})

test('a time zone is found whatever its case; offsets and made-up names are none', () => {
  assert.equal(parseTimeZone('asia/tokyo'), 'Asia/Tokyo')
  assert.equal(parseTimeZone('america/new york'), 'America/New_York')
  assert.equal(parseTimeZone('utc'), 'UTC')
  for (const text of ['+09:00', 'Mars/Olympus', '', '9'])
    assert.throws(() => parseTimeZone(text), { code: 'settings.time-zone' })
  assert.deepEqual(listTimeZones().slice(0, 2), ['UTC', 'Asia/Tokyo'])
})
