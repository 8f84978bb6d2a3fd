import { inflateSync } from 'node:zlib'

// Real HEIC files of drawings of our own, as heif-enc of libheif 1.15 with x265 makes them: `landscape` is that of landscape.ts
// at quality 50; `large` and `deep` are of one colour, #4488cc, with 12 megapixels, and with 10 bits and odd sides.
const FILES = {
  landscape: [
    'eNpjYGCQSSupLMhIzUxmAILczDRDEDs3MzGNgYHRKTe1JJEBAhQzUnKKoGyGgszkEgY0wFeQWZILZjECsVJmTj7YSBcHIJ8RLJwGoRkYmCuBhH',
    'JmZl4aXL0okJPKBOVllCUbgpiHMguKCoD0ksyC5HwgXQGUcGZkLoDbKfeB4c/fHz8YGPiZFYAaJRwYeRj//wcpYGaYACKASG4Xk4MiUFLbiZER',
    'TWaBiEJl6q5JXtmzGxmZmUBCEEJACaie3YXxYNGGJAegNSKZxQWpUCsXgNwBxAIFmRWZYM9wcHAAKbHMglxYWAE9zNzI1AyUa8xNSQSGFHOpBu',
    'N6Yacig8b39ZUyFzQX8n+Xz+k+/kZ/75t/LAaN/HynVXfMWPsgauL/bW9f7f///3d/S+b9vV4hOyvq/9ctcGfN31CRGXHwd4PYzv3/52Z92fnD',
    'JuVuQ9xO9197p2+xvqH3841UTWfqor/GR48lq64VTCsrLQ6cx80+MS48clZGydOILvOOhvkBt2w+tR6KFr5yTkfg0xLRrMK9fztnP+4UX58x90',
    'tN0WupNwumzWn+ckEjIWTzTE3ORMVnKWcv67u+41pxavPTU3Z3/XY9lWN52sDjxpBd+SNLKLTW9ahuNc8Uu9nKHJ9DPv49u+iCXrj3+XofSQuX',
    'hue3OVzTAwJ/m/W8PGBuntrTsm357LUrlOe/8K++9Mtpt+CHjojUqF0bfIqja/e2n1W22//8tmHvqtzdLt9vf27+dWRt0PNznSaPa5M97+7K00',
    'qNkF8ou/Iem7a4+oMPahfNfrS/Elx+XilwU98mzR+JR1NfM7zZ+y2D3ULbpUNy7cUmhfwzEtynHCqNC2vj5VPFpm2v3Ri1VtGxS54ngZGl9XJU',
    'XtjDO5/y7G7FfTzgdEDQQCCM47Ju1fajrMfXl8d4/PypfGvPqpZbVs36xg/3F9Xff814un3bv1WP9ZfURr5cLM1/wuhHhK+b66cVBrIPJk95be',
    'Kg8XVFyP0disvOtjYpf0/ZHHNfhcV7atMZQQeL+z9E81+08aletuWXalD5UtW365pj0S4hm73tWzLe/TQLYziovVNNMmzpPZ9FRWxftqTKXvtb',
    'VNL4U1y3e/LublWvOYeWnGTJnaxoeLXxmAwL3+4W/696+jaOFkXyNQvEYhU4mkUkV996Zqpoc261FoNI6/pFR3dv3b/4mVFWouBkxtl9sxn3uT',
    'nU3JXvO83snuEew7qzxOyuxK21geJ6b1aprQvgvJNx2VOng3lm5D3DQzW3nErEjyceO6Bmd0lkDddHljK1rlsHRU9ODmTYWBG08Jp446+wzpZ3',
    'W2bwrHu7cPrtUw1Jery/dDivc6+etyRO0nT+ya1Owme+xsU07vITW1Xsye790UTd0PvadocE8+5lWiWVQQdMWITmWvnO+fq8gIHjpPCsqw8PXF',
    'AJaj7NlP1RvL9vX+31NpMZooqcKbv2CTBOdZoxc43v5J985qWWvZtUDW91vQq6LDpLXvHV3KPWK98HzP+763xNzdXfFctjVn9QFOZ4/zcuTC23',
    'TOOJ6ter00PsDuy7qjf/6omih38fsN4BAOTp8uU=',
  ],
  deep: [
    'eNpjYGCQSCupLMhIzUxmAILczDRDCJtxfW5qSSIDBChmpOQUQdkMBZnJJQxogK8gsyQXzGICYoHMlESwEkZHhpNAyiIzJz+ZEchwcQDKM0K0MJ',
    '6HsRgCEaJwmgOsLzMvDW6qKJCTygRSAVSTUZZsyIAkCFaSXpSZAmLeyiwoKgDSOzILkvOBdAVQtTMjCwfcuTYfGP78/fWLgYGfWQFomrgDIw/j',
    '//8gBcwMc3eASAabXUwOikA5HSdGRlSJBVwevDKTzKJXqizbuUNAwEABJAwmFJWAGthdGA8WbUhyAFojkllckAr1lhOQOIUm5ggkQOEjUJBZkQ',
    'kSYebi4gJSUpkFubCgB4YMUyMTAxMTcwtYpig1DRbmKZm56eCQA4VZZC4kzH01GNcLKy4w2fHU+OH+/30r1v8pL61/2TDrKtPrg6Fb8zd1MbB7',
    'SNcUMBQ7LOmJL2BYzNgl5nhnB6P1ZEYvngcMDBE5DDcb2sEeZWbwMwUAsr5ncg==',
  ],
  large: [
    'eNpjYGCQSSupLMhIzUxmAILczDRDEDs3MzGNgYHRJTe1JJEBAhQzUnKKoGyGgszkEgY0wFeQWZILZjECsVJmTj7YSBcHIJ8RLJwBoRkYuCOBhH',
    'JmZl4aXL0okJPKBOVllCUbgphHMguKCoD0ssyC5HwgXQWUcGZkLoDbueUDw5+/P34wMPAzKwA1Sjgw8jD+/w9SwMwwAUQA0ZZdTA6KQEldJ0ZG',
    'NJkFjD8UmL5E5i2ZNOvZAweHAw0gUTDRogTUwe7CeLBoQ5ID0CKRzOKCVIid/AeAHrgAZAgUZFZkgkSYOTg4gJRYZkEuLLSAXmZuZGoGqkzMTU',
    'kEhhV3qAbjehaBhMoL8vtqPj7ennd3d9nby8v95uwsenp6ul4MBnXmT6XF6//zlz80qn3akv9GeObFO1yJSWlQp5OKeHYsf/GOLeGoLZn6GQQv',
    'TOY1OUCubmaGEId28jUzMDOFUaKb4WUDBdrlBCjQfJgCm5mLyNfLJUG+XqEP5OvVSiBfbyQF6avKgXy9r8iPI8Zg8pM0F/la35GtlXkVuVpZlp',
    'Crk/UIuTrZ3pCrk6ODXJ1cEeTq5P5Brk5eD3J18pOtU2AD+XUBuTrJL1lEDMjVKTqBXJ1iZBf8YmT7U7xgAHSS7VqJglGdw0rnh6Gkk5nxMAA1',
    'lZwN',
  ],
}

export const heicPicture = (name: keyof typeof FILES = 'landscape'): Uint8Array =>
  new Uint8Array(inflateSync(Buffer.from(FILES[name].join(''), 'base64')))
