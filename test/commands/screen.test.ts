// Commands on a screen: long lists come by the page, and what only a person may decide is asked first.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageOf } from '../../src/commands/define.ts'

test('a page of a long list is the one that is asked for, or the last one', () => {
  assert.deepEqual(pageOf({ page: 1 }, 40, 15), { limit: 15, offset: 0, page: { number: 1, of: 3 } })
  assert.deepEqual(pageOf({ page: 3 }, 40, 15), { limit: 15, offset: 30, page: { number: 3, of: 3 } })
  assert.deepEqual(pageOf({ page: 9 }, 40, 15), { limit: 15, offset: 30, page: { number: 3, of: 3 } })
  assert.deepEqual(pageOf({ page: 0 }, 0, 15), { limit: 15, offset: 0, page: { number: 1, of: 1 } })
  assert.deepEqual(pageOf({ page: 2, pageSize: 100 }, 250, 15), { limit: 100, offset: 100, page: { number: 2, of: 3 } })
})
