/** Text without what no document can hold: control characters but tab and line ends, halves of surrogate pairs, U+FFFE and U+FFFF. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (character) => ('\t\n\r'.includes(character) ? character : ''))
