import type { Template } from 'aws-cdk-lib/assertions';
import type { Machine } from '../../cdk/state-machine/states.ts';

interface StateMachineProperties {
  readonly DefinitionString: string;
  readonly DefinitionSubstitutions: Readonly<Record<string, unknown>>;
}

/**
 * The state machine of a synthesized template as it would be deployed; a function is called by the
 * name of its file, which its description tells.
 */
export function deployedMachine(template: Template): Machine {
  const [resource] = Object.values(
    template.findResources('AWS::StepFunctions::StateMachine'),
  ) as unknown as { readonly Properties: StateMachineProperties }[];
  if (resource === undefined) throw new Error('the template has no state machine');
  const { DefinitionString, DefinitionSubstitutions } = resource.Properties;
  const functions = functionNames(template);
  const definition = DefinitionString.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = DefinitionSubstitutions[name];
    if (typeof value === 'string') return value;
    const [id = ''] = (value as { readonly 'Fn::GetAtt': readonly string[] })['Fn::GetAtt'];
    return functions.get(id) ?? 'unknown';
  });
  return JSON.parse(definition);
}

function functionNames(template: Template): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(template.findResources('AWS::Lambda::Function')).map(([id, { Properties }]) => [
      id,
      String(Properties.Description).replace('Clientele: ', ''),
    ]),
  );
}
