import { createHash, createHmac, type KeyObject } from 'node:crypto'

/** The key of an audit log: who has only the database can neither write its entries nor leave one out. */
export interface AuditKey {
  /** Tells keys apart without giving them away: 16 hexadecimal digits. */
  readonly name: string
  /** HMAC-SHA-256 of a text, in hex. */
  readonly sign: (text: string) => string
}

export function auditKeyFrom(secret: KeyObject): AuditKey {
  const name = createHash('sha256').update('zhengheng audit key ').update(secret.export()).digest('hex')
  return {
    name: name.slice(0, 16),
    sign: (text) => createHmac('sha256', secret).update(text).digest('hex'),
  }
}
