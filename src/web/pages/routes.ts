import type { WebWords } from '../../locales/web-words.ts'
import type { Access } from '../../services/permissions.ts'
import type { VNode } from './lib/html.ts'
import type { IconName } from './ui/icon.ts'

/** `page`: the last part of the address, and the key of its name in the words of the shell. `access`: who may see it; of several, one is enough. */
export type Route = {
  page: keyof WebWords['shell']['pages']
  icon: IconName
  access: Access | readonly Access[]
  load: () => Promise<{ default: () => VNode }>
}

/** The pages, in the order of the navigation; phones show the first four, and the others under *More*. */
export const ROUTES: readonly Route[] = [
  { page: 'try', icon: 'eye', access: 'member', load: () => import('./try/page.ts') },
  { page: 'gallery', icon: 'gallery', access: ['teacher', 'reviewer'], load: () => import('./gallery/page.ts') },
  { page: 'add', icon: 'add', access: 'teacher', load: () => import('./add/page.ts') },
  { page: 'sort', icon: 'sort', access: 'teacher', load: () => import('./sort/page.ts') },
  { page: 'review', icon: 'review', access: 'reviewer', load: () => import('./review/page.ts') },
  { page: 'model', icon: 'model', access: 'trainer', load: () => import('./model/page.ts') },
  { page: 'labels', icon: 'label', access: 'member', load: () => import('./labels/page.ts') },
  { page: 'manage', icon: 'manage', access: 'member', load: () => import('./manage/page.ts') },
]
