// Who may use which command on a Discord server.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Access, type Member, requireAccess } from '../../src/services/permissions.ts'
import type { Settings } from '../../src/services/settings.ts'

const settings = { roles: { teacher: '1', reviewer: '2', manager: '3' } } as Settings
const ALL: Access[] = ['member', 'teacher', 'trainer', 'reviewer', 'manager', 'owner', 'operator']
const nobody: Member = { id: '9', roles: [], managesMessages: false, managesServer: false, ownsServer: false }

function accessesOf(member: Partial<Member>): Access[] {
  return ALL.filter((access) => {
    try {
      requireAccess(settings, { ...nobody, ...member }, access)
      return true
    } catch (error) {
      assert.equal((error as { code?: string }).code, 'access.denied')
      return false
    }
  })
}

test('Discord’s own permissions', () => {
  assert.deepEqual(accessesOf({}), ['member'])
  assert.deepEqual(accessesOf({ managesMessages: true }), ['member', 'teacher', 'trainer', 'reviewer'])
  assert.deepEqual(accessesOf({ managesServer: true }), ['member', 'teacher', 'trainer', 'reviewer', 'manager'])
  assert.deepEqual(accessesOf({ ownsServer: true }), ALL.slice(0, -1))
})

test('roles of the settings', () => {
  assert.deepEqual(accessesOf({ roles: ['1'] }), ['member', 'teacher'])
  assert.deepEqual(accessesOf({ roles: ['1', '2'] }), ['member', 'teacher', 'reviewer'])
  assert.deepEqual(accessesOf({ roles: ['3'] }), ['member', 'teacher', 'trainer', 'reviewer', 'manager'])
  assert.deepEqual(accessesOf({ roles: ['77'] }), ['member'])
})
