/*
 * What the tests of texts use of vitest, for running them again and again in one process: vitest's own
 * `expect`, and tests that are registered once.
 */
import { expect as vitestExpect } from 'vitest';

export const expect = vitestExpect;

type Work = () => unknown;

interface Suite {
  readonly before: Work[];
  readonly parts: (Suite | Work)[];
}

let open: Suite | null = null;
/** What tests that run want done when they are over. */
const after: Work[] = [];

/** The tests that a module registers as it is imported. */
export async function registered(load: () => Promise<unknown>): Promise<Suite> {
  const suite: Suite = { before: [], parts: [] };
  open = suite;
  try {
    await load();
  } finally {
    open = null;
  }
  return suite;
}

/** Fails with what the first test that fails says. */
export async function runSuite(suite: Suite): Promise<void> {
  try {
    await runParts(suite);
  } finally {
    for (const work of after.splice(0).reverse()) await work();
  }
}

async function runParts({ before, parts }: Suite): Promise<void> {
  for (const work of before) await work();
  for (const part of parts) {
    if (typeof part === 'function') await part();
    else await runParts(part);
  }
}

function add(part: Suite | Work): void {
  if (open === null) throw new Error('Cannot register a test: a module must be loading.');
  open.parts.push(part);
}

export function beforeAll(work: Work): void {
  open?.before.push(work);
}

/** Of a module that stays loaded nothing is over. */
export function afterAll(work: Work): void {
  if (open === null) after.push(work);
}

function addTest(_name: string, ...rest: unknown[]): void {
  add(rest.at(-1) as Work);
}

function addSuite(_name: string, register: Work): void {
  const suite: Suite = { before: [], parts: [] };
  const outer = open;
  add(suite);
  open = suite;
  register();
  open = outer;
}

type Register = (name: string, ...rest: unknown[]) => void;

/** Each case as vitest hands it over: a list as several arguments. */
function withEach<T extends Register>(register: T) {
  const each =
    (cases: readonly unknown[]) =>
    (name: string, ...rest: unknown[]) => {
      const work = rest.at(-1) as (...given: unknown[]) => unknown;
      for (const one of cases) {
        register(name, () => (Array.isArray(one) ? work(...one) : work(one)));
      }
    };
  return Object.assign(register, { each });
}

export const test = withEach(addTest);
export const it = test;
export const describe = withEach(addSuite as Register);
