import { inject } from 'vitest';
import { objectStoreContract } from '../../contracts/object-store.ts';
import { makeBucket } from './bucket.ts';

const { awsUrl } = inject('cloud');

objectStoreContract('openS3Store()', async () => (await makeBucket(awsUrl)).store);
