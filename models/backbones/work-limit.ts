/** Multiplications for one picture: nearly three times those of ResNet-152. A converted network that needs more is refused, as it would hold everything up. */
export const MAX_PRODUCTS = 3e10
