import { inject } from 'vitest';
import { objectStoreContract } from '../../contracts/object-store.ts';
import { makeBucket } from './bucket.ts';

const { s3Url } = inject('cloud');

objectStoreContract('openS3Store()', async () => (await makeBucket(s3Url)).store);
