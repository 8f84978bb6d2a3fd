import type { WebWords } from '../../web-words.ts'
import { gallery } from './gallery.ts'
import { login } from './login.ts'
import { shell } from './shell.ts'
import { trying } from './try.ts'

export const words: WebWords = { gallery, login, shell, try: trying }
