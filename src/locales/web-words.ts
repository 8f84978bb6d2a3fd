import type { gallery } from './en/web/gallery.ts'
import type { login } from './en/web/login.ts'
import type { shell } from './en/web/shell.ts'
import type { trying } from './en/web/try.ts'

/** What the web page itself says, part by part; what results say is in `words.ts`. English gives the shape. */
export type WebWords = {
  gallery: typeof gallery
  login: typeof login
  shell: typeof shell
  try: typeof trying
}
