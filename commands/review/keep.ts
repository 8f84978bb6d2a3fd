import { verdict } from './_reviewing.ts'

export default verdict('keep', 'say that pictures are rightly filed: they are not suspected again', 'keep')
