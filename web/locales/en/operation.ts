export const operation = {
  sentence: 'When data are lost, the last good backup brings them back.',
  backup: {
    title: 'Backup',
    none: 'There is no good backup yet; lost data could not be brought back.',
    old: 'The last good backup is of {at}, more than {hours} hours ago.',
    toPage: 'See backups',
    failed: 'The backup of {at} failed: {reason}',
    last: 'Last good backup',
    file: 'File',
    holds: 'Contents',
    size: 'database of {size}, one file of evidence | database of {size}, {n} files of evidence',
    sealed: 'Sealed',
    isSealed: 'with a key',
    notSealed: 'no',
    faults: 'Faults',
    faultsText:
      'One file of evidence was missing or altered already; run verify. | {n} files of evidence were missing or altered already; run verify.',
    scheduled: 'The server makes a backup a day, after one at night in China, and reads it back whole.',
    byHand:
      'No backups are made by themselves: set BACKUP_DIR and start again, or run npm run backup -- FILE.',
  },
}
