/** The page on which pictures are asked about, and the first minute with an empty dataset. */
export const trying = {
  title: 'What is in the picture?',
  intro: 'Nothing is stored by asking.',
}
