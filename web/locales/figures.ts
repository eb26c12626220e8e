/** A decimal with a true minus sign (U+2212): `−0.45`. */
export const signed = (decimal: string): string => decimal.replace('-', '−')
