import type { WebWords } from '../../web-words.ts'
import { login } from './login.ts'
import { shell } from './shell.ts'
import { trying } from './try.ts'

export const words: WebWords = { login, shell, try: trying }
