/** Known to everybody, so that the sample's keys are everybody's: never that of a real shop. */
export const sampleSecret = 'the-secret-of-the-sample-shop-is-known-to-everybody';
