import { openRegistry } from '../src/commands/find.ts'

/**
 * Every command, in the order in which help shows them, under its name and its former names. Each is loaded when it is asked
 * for: to load all of them takes longer than a short command runs.
 */
const commands = [
  // dataset
  { names: ['import'], load: () => import('./dataset/import.ts') },
  { names: ['import'], load: () => import('./dataset/import-zip.ts') },
  { names: ['label'], load: () => import('./dataset/label.ts') },
  { names: ['add-samples'], load: () => import('./dataset/add-samples.ts') },
  { names: ['unlabel'], load: () => import('./dataset/unlabel.ts') },
  { names: ['relabel'], load: () => import('./dataset/relabel.ts') },
  { names: ['datasets'], load: () => import('./dataset/datasets.ts') },
  { names: ['change-dataset'], load: () => import('./dataset/change-dataset.ts') },
  { names: ['labels'], load: () => import('./dataset/labels.ts') },
  { names: ['gallery'], load: () => import('./dataset/gallery.ts') },
  { names: ['example'], load: () => import('./dataset/example.ts') },
  { names: ['change-examples'], load: () => import('./dataset/change-examples.ts') },
  { names: ['undo-change'], load: () => import('./dataset/undo-change.ts') },
  // model
  { names: ['train'], load: () => import('./model/train.ts') },
  { names: ['predict'], load: () => import('./model/predict.ts') },
  { names: ['why'], load: () => import('./model/why.ts') },
  { names: ['feedback', 'judge'], load: () => import('./model/feedback.ts') },
  { names: ['teach'], load: () => import('./dataset/teach.ts') },
  { names: ['delete-label'], load: () => import('./dataset/delete-label.ts') },
  { names: ['restore-label'], load: () => import('./dataset/restore-label.ts') },
  { names: ['remove-examples'], load: () => import('./dataset/remove-examples.ts') },
  { names: ['undo'], load: () => import('./dataset/undo.ts') },
  { names: ['stats'], load: () => import('./model/stats.ts') },
  { names: ['versions'], load: () => import('./model/versions.ts') },
  { names: ['rollback'], load: () => import('./model/rollback.ts') },
  { names: ['backbone'], load: () => import('./model/backbone.ts') },
  { names: ['backbone'], load: () => import('./model/choose-backbone.ts') },
  { names: ['choose-backbone'], load: () => import('./model/choose-backbone-web.ts') },
  // review
  { names: ['suspects'], load: () => import('./review/suspects.ts') },
  { names: ['review'], load: () => import('./review/review.ts') },
  { names: ['review'], load: () => import('./review/review-web.ts') },
  { names: ['decide'], load: () => import('./review/decide.ts') },
  { names: ['decide'], load: () => import('./review/decide-web.ts') },
  { names: ['decide-together'], load: () => import('./review/decide-together.ts') },
  { names: ['keep'], load: () => import('./review/keep.ts') },
  { names: ['exclude'], load: () => import('./review/exclude.ts') },
  { names: ['restore'], load: () => import('./review/restore.ts') },
  { names: ['report'], load: () => import('./review/report.ts') },
  // server and privacy
  { names: ['settings'], load: () => import('./server/settings.ts') },
  { names: ['setting'], load: () => import('./server/setting.ts') },
  { names: ['setup'], load: () => import('./server/setup.ts') },
  { names: ['setup-step'], load: () => import('./server/setup-step.ts') },
  { names: ['audit'], load: () => import('./server/audit.ts') },
  { names: ['withdraw'], load: () => import('./server/withdraw.ts') },
  { names: ['withdraw-now'], load: () => import('./server/withdraw-now.ts') },
  { names: ['clean-up'], load: () => import('./server/clean-up.ts') },
  { names: ['clean-up-now'], load: () => import('./server/clean-up-now.ts') },
  { names: ['forget'], load: () => import('./privacy/forget.ts') },
  { names: ['ignore'], load: () => import('./privacy/ignore.ts') },
  { names: ['privacy'], load: () => import('./privacy/privacy.ts') },
  { names: ['export'], load: () => import('./privacy/my-data.ts') },
  { names: ['help'], load: () => import('./privacy/help.ts') },
  // operator
  { names: ['export'], load: () => import('./dataset/export.ts') },
  { names: ['backup'], load: () => import('./operator/backup.ts') },
  { names: ['migrate'], load: () => import('./operator/migrate.ts') },
  { names: ['encrypt', 'seal'], load: () => import('./operator/encrypt.ts') },
  { names: ['export-person'], load: () => import('./operator/export-person.ts') },
  { names: ['forget'], load: () => import('./operator/forget-person.ts') },
  { names: ['setup'], load: () => import('./operator/setup.ts') },
  { names: ['servers'], load: () => import('./operator/servers.ts') },
  { names: ['processes'], load: () => import('./operator/processes.ts') },
  { names: ['people'], load: () => import('./operator/people.ts') },
  { names: ['pictures'], load: () => import('./operator/pictures.ts') },
  { names: ['doctor'], load: () => import('./operator/doctor.ts') },
]

export const registry = openRegistry(commands)
