import { ObjectError } from '../errors.ts';

/**
 * The key itself, when it can name a file below the folder and be listed again. A segment that
 * begins with a dot is refused as well: such files belong to the machine and are never listed.
 */
export function checkedKey(key: string): string {
  const segments = key.split('/');
  const fault = segments.map(segmentFault).find((found) => found !== null);
  if (fault != null) {
    throw new ObjectError('unusable_name', `Cannot use the key ${JSON.stringify(key)}: ${fault}.`);
  }
  return key;
}

/** The same for the beginning of keys: its last segment may be unfinished or empty. */
export function checkedPrefix(prefix: string): string {
  const end = prefix.lastIndexOf('/');
  if (end >= 0) checkedKey(prefix.slice(0, end));
  const last = prefix.slice(end + 1);
  if (last !== '') checkedKey(last);
  return prefix;
}

/** Whether a key can name an object. */
export function isUsableKey(key: string): boolean {
  return key.split('/').every((segment) => segmentFault(segment) === null);
}

function segmentFault(segment: string): string | null {
  if (segment === '') return 'it must have no empty segment and must not begin or end with /';
  if (segment.startsWith('.')) return 'no segment of it may begin with a dot';
  if (/\p{Cc}/u.test(segment)) return 'it must hold no control character';
  if (segment.includes('\\')) return 'it must hold no backslash, which is / on some machines';
  if (!segment.isWellFormed()) return 'it must be well-formed Unicode';
  return null;
}
