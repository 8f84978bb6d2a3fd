import type { WebWords } from '../../web-words.ts'
import { add } from './add.ts'
import { gallery } from './gallery.ts'
import { labels } from './labels.ts'
import { login } from './login.ts'
import { manage } from './manage.ts'
import { model } from './model.ts'
import { review } from './review.ts'
import { shell } from './shell.ts'
import { sort } from './sort.ts'
import { trying } from './try.ts'

const words: WebWords = { add, gallery, labels, login, manage, model, review, shell, sort, try: trying }
export default words
