import type { add } from './en/web/add.ts'
import type { gallery } from './en/web/gallery.ts'
import type { labels } from './en/web/labels.ts'
import type { login } from './en/web/login.ts'
import type { manage } from './en/web/manage.ts'
import type { model } from './en/web/model.ts'
import type { review } from './en/web/review.ts'
import type { shell } from './en/web/shell.ts'
import type { sort } from './en/web/sort.ts'
import type { trying } from './en/web/try.ts'

/** What the web page itself says, part by part; what results say is in `words.ts`. English gives the shape. */
export type WebWords = {
  add: typeof add
  gallery: typeof gallery
  labels: typeof labels
  login: typeof login
  manage: typeof manage
  model: typeof model
  review: typeof review
  shell: typeof shell
  sort: typeof sort
  try: typeof trying
}
