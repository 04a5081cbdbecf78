import { Secret } from '../lib/keys/secret.ts';

/** What keys of the tests' customers are made with. */
export const testSecretText = 'no-more-than-the-secret-of-the-tests';
export const testSecret = Secret.of(testSecretText, 'the tests');
