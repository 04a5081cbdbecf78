import fc from 'fast-check';

/** Property tests draw the same inputs on every machine; CLIENTELE_SEED draws others. */
fc.configureGlobal({ seed: Number(process.env.CLIENTELE_SEED ?? 20_260_131) });
