import { z } from 'zod';

/** What the template tells a function. AWS adds more, which is none of our business. */
const environment = z.object({
  BUCKET: z.string().min(1),
  /** The bucket that Athena answers into. */
  RESULTS: z.string().min(1),
  DATABASE: z.string().min(1),
  WORK_GROUP: z.string().min(1),
  /** Path of the configuration file. */
  SETTINGS: z.string().min(1),
});

export type Environment = z.infer<typeof environment>;

export function readEnvironment(): Environment {
  return environment.parse(process.env);
}

const secretEnvironment = z.object({ SECRET: z.string().min(1) });

/** Where the secret is, for functions that may read it. */
export function readSecretId(): string {
  return secretEnvironment.parse(process.env).SECRET;
}
