import { DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api';

/** A function of texts as the engine calls it, a batch of rows at a time. */
export function textFunction(
  name: string,
  compute: (...texts: string[]) => string | null,
): DuckDBScalarFunction {
  return DuckDBScalarFunction.create({
    name,
    returnType: VARCHAR,
    varArgsType: VARCHAR,
    mainFunction: (_info, input, output) => {
      const columns = input.getColumns();
      for (let row = 0; row < input.rowCount; row += 1) {
        const texts = columns.map((column) => column[row]);
        const isWhole = texts.every((text) => typeof text === 'string');
        output.setItem(row, isWhole ? compute(...(texts as string[])) : null);
      }
      output.flush();
    },
  });
}
