import type { Results } from '../../commands/results.ts'

type Action = Results['audit']['changes'][number]['action']

/** By what the audit log stores, which keeps the words of the first version. */
export const AUDIT_ACTIONS: Record<Action, string> = {
  filed: 'added',
  unfiled: 'removed',
  moved: 'moved',
  excluded: 'excluded',
  restored: 'restored',
  reviewed: 'reviewed',
  'review undone': 'undid a review',
  forgotten: 'deleted',
  'label renamed': 'renamed a label',
  'labels merged': 'merged labels',
  'label deleted': 'deleted a label',
  trained: 'trained',
  promoted: 'activated',
  'backbone changed': 'changed the backbone',
  'settings changed': 'changed settings',
  feedback: 'gave feedback',
}
