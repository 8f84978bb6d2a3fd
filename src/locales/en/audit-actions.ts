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
  'label restored': 'brought back a label',
  'label purged': 'deleted a label for good',
  'cleaned up': 'took back what somebody did',
  'dataset renamed': 'renamed a dataset',
  'dataset copied': 'copied a dataset',
  'dataset emptied': 'emptied a dataset',
  'dataset deleted': 'deleted a dataset',
  trained: 'trained',
  promoted: 'activated',
  'backbone changed': 'changed the backbone',
  'settings changed': 'changed settings',
  'person blocked': 'blocked a person',
  'person unblocked': 'unblocked a person',
  'server blocked': 'blocked a server',
  'server unblocked': 'unblocked a server',
  'server left': 'left a server',
  'limits changed': 'changed the limits of a server',
  'pictures blocked': 'removed a picture everywhere',
  'pictures allowed': 'allowed a picture again',
  feedback: 'gave feedback',
}
