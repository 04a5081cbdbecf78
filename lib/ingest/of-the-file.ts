import { EngineError, ObjectError, StorageError } from '../errors.ts';
import { RefusedFile } from './refused-file.ts';

/**
 * Does work that only one file can make fail: whatever goes wrong is that file's refusal, but for a
 * store or machine that fails everybody. Fails with a RefusedFile, whose cause tells a developer more.
 */
export async function ofTheFile<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ObjectError) throw new RefusedFile(error.reason, {}, { cause: error });
    if (error instanceof RefusedFile || error instanceof StorageError) throw error;
    const told = error instanceof EngineError ? error.cause : error;
    if (isOfTheMachine(told)) throw error;
    const isHeavy = told instanceof Error && told.message.startsWith('Out of Memory Error');
    throw new RefusedFile(isHeavy ? 'too_heavy' : 'unreadable', {}, { cause: error });
  }
}

/** A call of the system that failed, or what the engine says of one. */
function isOfTheMachine(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    'syscall' in error || /No space left|Too many open files|Read-only file/.test(error.message)
  );
}
