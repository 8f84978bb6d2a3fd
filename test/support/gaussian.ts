/** Draws from the standard normal distribution (Box and Muller 1958). @param random uniform in [0, 1) */
export const gaussian = (random: () => number) => (): number =>
  Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random())
