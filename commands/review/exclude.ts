import { verdict } from './_reviewing.ts'

export default verdict('exclude', 'take pictures out of the learning; nothing is deleted', 'exclude')
