import { expect, test } from 'vitest';
import { EngineError, ObjectError, StorageError } from '../../lib/errors.ts';
import { ofTheFile } from '../../lib/ingest/of-the-file.ts';
import { RefusedFile } from '../../lib/ingest/refused-file.ts';

const engineSays = (message: string) => new EngineError('Cannot.', { cause: new Error(message) });
const failing = (error: Error) => ofTheFile(() => Promise.reject(error));

test.each([
  ['no right to read it', new ObjectError('no_access', 'Cannot read.'), 'no_access'],
  ['a name that cannot be used', new ObjectError('unusable_name', 'Cannot.'), 'unusable_name'],
  ['too much for the memory', engineSays('Out of Memory Error: failed to pin'), 'too_heavy'],
  ['a query that the engine refused', engineSays('Binder Error: NaN'), 'unreadable'],
  ['a defect of ours', new RangeError('Invalid string length'), 'unreadable'],
  ['what was refused already', new RefusedFile('nul_byte'), 'nul_byte'],
])('%s is the refusal of the file', async (_, error, rule) => {
  await expect(failing(error)).rejects.toMatchObject({ rule });
  await expect(failing(error)).rejects.toBeInstanceOf(RefusedFile);
});

test.each([
  ['a store that fails', new StorageError('Cannot read.')],
  ['a disk that the engine finds full', engineSays('IO Error: No space left on device')],
  [
    'a disk that is full',
    Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', syscall: 'write' }),
  ],
])('%s is not', async (_, error) => {
  await expect(failing(error)).rejects.toBe(error);
});
