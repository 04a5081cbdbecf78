import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the stack under test says of itself. */
export interface DeployedStack {
  readonly bucket: string;
  readonly results: string;
  readonly workgroup: string;
  readonly database: string;
  readonly stateMachine: string;
}

/** An answer of the AWS command line, with the credentials and region of whoever runs the tests. */
export async function aws<T>(...command: readonly string[]): Promise<T> {
  const { stdout } = await run('aws', [...command, '--output', 'json'], { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout === '' ? 'null' : stdout) as T;
}

/** The outputs of the stack that `CLIENTELE_STACK` names. */
export async function deployedStack(): Promise<DeployedStack> {
  const name = process.env.CLIENTELE_STACK;
  if (name === undefined) {
    throw new Error(
      'Cannot verify: CLIENTELE_STACK must name a stack that was deployed for this, because files are dropped into it.',
    );
  }
  const { Stacks } = await aws<{
    readonly Stacks: readonly {
      readonly Outputs: readonly { readonly OutputKey: string; readonly OutputValue: string }[];
    }[];
  }>('cloudformation', 'describe-stacks', '--stack-name', name);
  const output = (key: string) => {
    const found = Stacks[0]?.Outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
    if (found === undefined) throw new Error(`the stack ${name} has no output ${key}`);
    return found;
  };
  return {
    bucket: output('Bucket'),
    results: output('ResultsBucket'),
    workgroup: output('WorkGroup'),
    database: output('Database'),
    stateMachine: output('StateMachine'),
  };
}
