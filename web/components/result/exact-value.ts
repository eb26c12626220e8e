import { decimal, divide, type Rational } from '#assessment/rational'

/** The value of an exact score as the engine writes it: a decimal, or a fraction where no decimal ends. */
export function exactValue(text: string): Rational {
  const [over = '', under] = text.split('/')
  return under === undefined ? decimal(over) : divide(decimal(over), decimal(under))
}
