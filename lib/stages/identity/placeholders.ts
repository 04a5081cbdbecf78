/**
 * What people and systems write where nobody's identifier is: the beginning of an address, whatever
 * its domain; the last seven digits of a phone number; a loyalty id.
 */
export const placeholders: readonly string[] = [
  ...['none@', 'no@', 'na@', 'n/a@', 'nil@', 'null@', 'undefined@', 'unknown@', 'inconnu@'],
  ...['noemail@', 'no-email@', 'no.email@', 'no_email@', 'nomail@', 'no-mail@', 'notprovided@'],
  ...['aucun@', 'sansmail@', 'sans-mail@', 'pasdemail@', 'pas-de-mail@', 'keine@', 'sin@'],
  ...['noreply@', 'no-reply@', 'no.reply@', 'no_reply@', 'donotreply@', 'do-not-reply@'],
  ...['test@', 'tests@', 'test1@', 'testing@', 'tester@', 'dummy@', 'fake@', 'example@', 'xxx@'],
  ...['anonymous@', 'anonyme@', 'guest@', 'invite@', 'nobody@', 'deleted@', 'removed@'],
  ...['0000000', '1111111', '2222222', '3333333', '4444444', '5555555', '6666666', '7777777'],
  ...['8888888', '9999999', '1234567', '4567890'],
  ...['000000', '00000000', '000000000', '0000000000', '99999999', '9999999999', '123456789'],
];
