import { verdict } from './reviewing.ts'

export default verdict('keep', 'say that pictures are rightly filed: they are not suspected again', 'keep')
